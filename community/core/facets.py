"""Rows as bits of a few whole numbers, so that a list counts forty filters in no time.

The index of a process holds all rows of a kind and says nothing of rights: each request reads the rows that its
viewer sees, and every count is taken among their bits. It is made again when the stamp of the table moves, and every
few minutes for what the stamp does not see (the name of a family or of a tag).
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import islice
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import CombinedExpression

SECONDS = 300
# Up to so many rows, they are named rather than looked for one by one in the whole list.
FEW = 200
_ONE = ord("1")
_SPREAD, _PRIME = 1_000_003, 999_983


@dataclass(frozen=True, slots=True)
class Word:
    """A value of a facet that is a row: `slug` in addresses; `names` are the other spellings accepted there."""

    slug: str
    label: str
    swatch: str = ""
    parent: Any = None
    names: tuple[str, ...] = ()


def scattered() -> CombinedExpression:
    """The key of a row, scattered: two changes at once do not cancel each other in a sum of its products.

    Written with the operator, as the function MOD is one of Python on SQLite, called for every row.
    """
    return F("pk") * _SPREAD % _PRIME + 1


@dataclass
class Index:
    """`masks` are the rows of each value of each facet, `words` the values that are rows of their own."""

    stamp: tuple
    position: dict[int, int]
    masks: dict[str, dict[Any, int]] = field(default_factory=dict)
    spaces: dict[int | None, int] = field(default_factory=dict)
    words: dict[str, dict[Any, Word]] = field(default_factory=dict)
    by_name: dict[str, dict[str, Any]] = field(default_factory=dict)
    made_at: float = field(default_factory=time.monotonic)

    def bits(self, pks: Iterable[int]) -> int:
        """The rows of these keys, as one number; those that came after the index are left out."""
        last = len(self.position)
        digits = bytearray(b"0") * (last + 1)
        for place in map(self.position.get, pks):
            if place is not None:
                digits[last - place] = _ONE
        return int(bytes(digits), 2)

    def mask(self, facet: str, value) -> int:
        return self.masks[facet].get(value, 0)

    def has(self, bits: int, pk: int) -> bool:
        place = self.position.get(pk)
        return place is not None and bool(bits >> place & 1)

    def among(self, bits: int) -> Callable[[int], bool]:
        """Whether a key is that of one of these rows, for who asks it of many keys."""
        if bits.bit_count() > FEW:
            return lambda pk: self.has(bits, pk)
        found = set()
        while bits:
            place = bits.bit_length() - 1
            bits ^= 1 << place
            found.add(self.keys[place])
        return found.__contains__

    @cached_property
    def keys(self) -> list[int]:
        """By place."""
        return sorted(self.position, key=self.position.__getitem__)

    def fill(self, holders: "Holders", facets: Iterable[str]) -> "Index":
        """Writes the masks of what each value holds, and the spellings of the words."""
        for facet, held in holders.all.items():
            self.masks[facet] = {value: self.bits(pks) for value, pks in held.items()}
        self.spaces = self.masks.pop("space", {})
        for facet in facets:
            self.masks.setdefault(facet, {})
        for facet, words in self.words.items():
            self.by_name[facet] = {name: value for value, word in words.items() for name in (word.slug, *word.names)}
        return self


class Holders:
    """Which rows hold each value of each facet."""

    def __init__(self):
        self.all: dict[str, dict[Any, set[int]]] = {}

    def of(self, facet: str) -> dict[Any, set[int]]:
        return self.all.setdefault(facet, {})

    def put(self, facet: str, value, pk: int) -> None:
        self.of(facet).setdefault(value, set()).add(pk)

    def put_family(self, families: dict[int, Word], family: int | None, pk: int) -> None:
        """What is of a family is of the family above, too."""
        if family is None:
            return
        self.put("famille", family, pk)
        if families[family].parent is not None:
            self.put("famille", families[family].parent, pk)


class Stamp:
    """The one row that `rows()` gives, read without the ORM: its converters would cost more than the query."""

    def __init__(self, rows: Callable[[], QuerySet], columns: int):
        self.rows, self.columns = rows, columns
        self._statement: tuple[str, tuple] | None = None

    def __call__(self) -> tuple:
        if self._statement is None:
            self._statement = self.rows().query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(*self._statement)
            row = cursor.fetchone()
        return (connection.settings_dict["NAME"], *row[: self.columns]) if row else ()


class KeptIndex:
    """The index of this process, made again by `build(stamp)` when `stamp()` is another, or after a while."""

    def __init__(self, stamp: Callable[[], tuple], build: Callable[[tuple], Index]):
        self.stamp, self.build = stamp, build
        self._kept: Index | None = None

    def __call__(self) -> Index:
        stamp, found = self.stamp(), self._kept
        if found is None or found.stamp != stamp or time.monotonic() - found.made_at > SECONDS:
            found = self._kept = self.build(stamp)
        return found


@dataclass
class Filters:
    """What an address asks, understood. `chosen` holds values by facet; an unknown word is as if it were not there.

    `impossible`: a tag, a territory or a space that is not, or that the viewer does not see: both give nothing.
    """

    order: str
    chosen: dict[str, list] = field(default_factory=dict)
    text: str = ""
    space: Any = None
    open_community: bool = False
    impossible: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(any(self.chosen.values()) or self.text or self.space or self.open_community or self.impossible)

    def place_in(self, index: Index) -> int | None:
        """The rows of the place that was asked for; None: anywhere."""
        if self.space is not None:
            return index.spaces.get(self.space.pk, 0)
        return index.spaces.get(None, 0) if self.open_community else None


class Selection:
    """The bits that filters keep, facet by facet. `own` holds None for a facet that keeps everything."""

    def __init__(self, index: Index, base: int, own: dict[str, int | None], place: int | None):
        self.index, self.base, self.own, self.place = index, base, own, place

    def bits(self, *, without: str = "") -> int:
        kept = [self.base]
        kept += [bits for facet, bits in self.own.items() if facet != without and bits is not None]
        if without != "espace" and self.place is not None:
            kept.append(self.place)
        return reduce(and_, kept)

    def counts(self) -> dict[str, dict]:
        """By facet, then by value: how many there would be, each facet leaving itself out."""
        found = {}
        for facet in self.own:
            bits = self.bits(without=facet)
            found[facet] = {value: (mask & bits).bit_count() for value, mask in self.index.masks[facet].items()}
        return found

    def space_counts(self) -> dict[int | None, int]:
        elsewhere = self.bits(without="espace")
        return {space: count for space, mask in self.index.spaces.items() if (count := (mask & elsewhere).bit_count())}


def any_of(masks: dict[Any, int], values: Iterable) -> int:
    return reduce(or_, (masks.get(value, 0) for value in values), 0)


def page_of(
    index: Index, rows: list[tuple], bits: int, *, size: int, after: bool, before: bool
) -> tuple[list[int], bool, bool]:
    """The keys of a page among these bits, and whether there is something before and after it. `rows` are (key, 1
    when it stands beyond the cursor) in the order of the list; the second is asked only where there is a cursor.
    """
    is_kept = index.among(bits)
    if before:
        nearest = (pk for pk, beyond in reversed(rows) if beyond and is_kept(pk))
        found = list(islice(nearest, size + 1))[::-1]
        return found[-size:], len(found) > size, bool(found)
    following = (row[0] for row in rows if (not after or row[1]) and is_kept(row[0]))
    found = list(islice(following, size + 1))
    return found[:size], after, len(found) > size
