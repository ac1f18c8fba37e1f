"""Every clause as one bit of a few whole numbers, so that a page of the library counts forty filters in no time.

The index of a process holds all clauses and says nothing of rights: each request reads the clauses that its viewer
sees (`Clause.objects.visible_to`), and every count is taken among their bits. It is rebuilt when the stamp of the
table moves, and every few minutes for what the stamp does not see (the name of a family or of a tag).
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Max, QuerySet, Sum, Value, When
from django.db.models.functions import Mod
from django.utils.translation import gettext as _

from community.members.models import Territory
from community.taxonomy.models import Objective, PurchaseFamily, Tag

from .models import AlsoIn, Clause, ClauseTag
from .vocabularies import ClauseState, LegalState
from .vocabulary import NATURES, slug_of

SECONDS = 300
# Where a clause is when it is for readers no more, or not yet.
HIDDEN = "hidden"
PUBLIC = "public"
WHOLE_COUNTRY = "france"
# A product of the key with these scatters it: two changes at once do not cancel each other in the sum.
_SPREAD, _PRIME = 1_000_003, 999_983
_SCALARS = ("kind", "document", "pillar", "ambition", "consolidation")
_FACET_OF = {
    "kind": "type",
    "document": "piece",
    "pillar": "volet",
    "ambition": "ambition",
    "consolidation": "relecture",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A value of a facet that is a row: `slug` in addresses; `names` are the other spellings accepted there."""

    slug: str
    label: str
    swatch: str = ""
    parent: Any = None
    names: tuple[str, ...] = ()


@dataclass
class Index:
    stamp: tuple
    made_at: float
    position: dict[int, int]
    masks: dict[str, dict[Any, int]]
    spaces: dict[int | None, int]
    words: dict[str, dict[Any, Word]]
    by_name: dict[str, dict[str, Any]] = field(default_factory=dict)

    def bits(self, pks: Iterable[int]) -> int:
        """The clauses of these keys, as one number; those that came after the index are left out."""
        found = bytearray(len(self.position) // 8 + 1)
        position = self.position
        for pk in pks:
            place = position.get(pk)
            if place is not None:
                found[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(found, "little")

    def mask(self, facet: str, value) -> int:
        return self.masks[facet].get(value, 0)

    def has(self, bits: int, pk: int) -> bool:
        place = self.position.get(pk)
        return place is not None and bool(bits >> place & 1)


def stamped(clauses: QuerySet) -> QuerySet:
    """One row that changes when any of these clauses does, by `save` or by `update`."""
    states = Case(*(When(state=state, then=rank) for rank, state in enumerate(ClauseState.values)), default=9)
    legal = Case(*(When(legal_state=state, then=rank) for rank, state in enumerate(LegalState.values)), default=9)
    hidden = Case(When(hidden_at=None, then=0), default=1, output_field=IntegerField())
    code = states + legal * 10 + hidden * 100 + F("consolidation") * 200 + F("version") * 2_000
    spread = Mod(F("pk") * _SPREAD, Value(_PRIME)) + 1
    return (
        clauses.order_by()
        .values(one=Value(1))
        .annotate(
            stamp_rows=Count("pk"),
            stamp_edited=Max("edited_at"),
            stamp_sum=Sum(spread * code),
            stamp_uses=Sum("use_count"),
        )
        .values_list("stamp_rows", "stamp_edited", "stamp_sum", "stamp_uses")
    )


_statement: list[tuple[str, tuple]] = []


def current_stamp() -> tuple:
    """Read without the ORM: its converters would cost more than the query."""
    if not _statement:
        _statement.append(stamped(Clause.objects.all()).query.sql_with_params())
    with connection.cursor() as cursor:
        cursor.execute(*_statement[0])
        row = cursor.fetchone()
    # Uses are counted on the row itself: they change no filter.
    return (connection.settings_dict["NAME"], *row[:3]) if row else ()


_kept: list[Index] = []


def index() -> Index:
    stamp = current_stamp()
    found = _kept[0] if _kept else None
    if found is None or found.stamp != stamp or time.monotonic() - found.made_at > SECONDS:
        found = build(stamp)
        _kept[:] = [found]
    return found


def build(stamp: tuple) -> Index:
    rows = list(
        Clause.objects.order_by("pk").values_list(
            "pk",
            "space_id",
            "family_id",
            "state",
            "legal_state",
            "hidden_at",
            *_SCALARS,
            *(f"for_{n}" for n in NATURES),
        )
    )
    families = _families()
    holders = _Holders()
    _file(rows, holders, families)
    _through(holders, families)
    made = Index(
        stamp=stamp,
        made_at=time.monotonic(),
        position={row[0]: place for place, row in enumerate(rows)},
        masks={},
        spaces={},
        words={"famille": families, "objectif": _objectives()},
    )
    made.words |= {"territoire": _territories(holders.of("territoire")), "mot-cle": _tags(holders.of("mot-cle"))}
    _national(holders, rows)
    made.masks = {facet: {value: made.bits(pks) for value, pks in held.items()} for facet, held in holders.all.items()}
    made.spaces = made.masks.pop("space", {})
    for facet in FACETS:
        made.masks.setdefault(facet, {})
    for facet, words in made.words.items():
        made.by_name[facet] = {name: value for value, word in words.items() for name in (word.slug, *word.names)}
    return made


def _file(rows: list[tuple], holders: "_Holders", families) -> None:
    """What each row says of itself; what other tables say of it comes with `_through`."""
    for pk, space, family, state, legal, hidden_at, *rest in rows:
        holders.put("space", space, pk)
        holders.put("vie", life_of(state, hidden_at), pk)
        holders.put("etat", LegalState.OBSOLETE if state == ClauseState.OBSOLETE else legal, pk)
        holders.put_family(families, family, pk)
        for name, value in zip(_SCALARS, rest, strict=False):
            holders.put(_FACET_OF[name], value, pk)
        for name, held in zip(NATURES, rest[len(_SCALARS) :], strict=True):
            if held:
                holders.put("nature", name, pk)


FACETS = (
    "famille", "piece", "type", "objectif", "ambition", "etat", "territoire", "relecture", "volet", "nature",
    "mot-cle", "vie",
)  # fmt: skip


class _Holders:
    """Which clauses hold each value of each facet."""

    def __init__(self):
        self.all: dict[str, dict[Any, set[int]]] = {}

    def of(self, facet: str) -> dict[Any, set[int]]:
        return self.all.setdefault(facet, {})

    def put(self, facet: str, value, pk: int) -> None:
        self.of(facet).setdefault(value, set()).add(pk)

    def put_family(self, families: dict[int, Word], family: int | None, pk: int) -> None:
        """A clause of a family is one of the family above, too."""
        if family is None:
            return
        self.put("famille", family, pk)
        if families[family].parent is not None:
            self.put("famille", families[family].parent, pk)


def life_of(state: str, hidden_at) -> str:
    if hidden_at is not None:
        return HIDDEN
    return PUBLIC if state in (ClauseState.PUBLISHED, ClauseState.OBSOLETE) else state


def _families() -> dict[int, Word]:
    fields = ("pk", "code", "slug", "label", "swatch", "parent_id")
    return {
        pk: Word(slug=slug, label=label, swatch=swatch, parent=parent, names=(slug_of(code), slug_of(label)))
        for pk, code, slug, label, swatch, parent in PurchaseFamily.objects.order_by("position", "pk").values_list(
            *fields
        )
    }


def _objectives() -> dict[int, Word]:
    rows = Objective.objects.order_by("position", "pk").values_list("pk", "code", "label")
    return {pk: Word(slug=slug_of(code), label=label, names=(slug_of(label),)) for pk, code, label in rows}


def _territories(held: dict[int, set[int]]) -> dict[Any, Word]:
    """Those of clauses, and the regions above them, where the clauses of their départements are found too."""
    rows = Territory.objects.filter(pk__in=held).values_list(
        "pk", "code", "name", "parent_id", "parent__code", "parent__name"
    )
    words = {WHOLE_COUNTRY: Word(slug=WHOLE_COUNTRY, label=_("Toute la France"))}
    for pk, code, name, parent, parent_code, parent_name in sorted(rows, key=lambda row: row[2]):
        words[pk] = Word(slug=code.lower(), label=name, names=(slug_of(name),))
        if parent:
            words.setdefault(parent, Word(slug=parent_code.lower(), label=parent_name, names=(slug_of(parent_name),)))
            held.setdefault(parent, set()).update(held[pk])
    return words


def _national(holders: _Holders, rows: list[tuple]) -> None:
    local = set().union(*holders.of("territoire").values())
    holders.of("territoire")[WHOLE_COUNTRY] = {row[0] for row in rows} - local


def _tags(held: dict[int, set[int]]) -> dict[int, Word]:
    words = {}
    for tag in Tag.objects.filter(pk__in=held).prefetch_related("synonyms"):
        synonyms = tuple(slug_of(other.name) for other in tag.synonyms.all())
        words[tag.pk] = Word(slug=tag.name, label=tag.name, names=(slug_of(tag.name), *synonyms))
    return words


def _through(holders: _Holders, families: dict[int, Word]) -> None:
    for clause, family in Clause.other_families.through.objects.values_list("clause_id", "purchasefamily_id"):
        holders.put_family(families, family, clause)
    for facet, rows in (
        ("objectif", Clause.objectives.through.objects.values_list("clause_id", "objective_id")),
        ("territoire", Clause.territories.through.objects.values_list("clause_id", "territory_id")),
        ("piece", AlsoIn.objects.values_list("clause_id", "document")),
        ("mot-cle", ClauseTag.objects.values_list("content_object_id", "tag_id")),
    ):
        for clause, value in rows:
            holders.put(facet, value, clause)
