"""The names, numbers and articles that the recogniser knows, kept in memory by each process.

One small query tells whether they are still right: the stamp of the latest change. Two more read them again after a
change, whichever process made it.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from community.core.prepared import Prepared

from .models import LegalChange, LegalProvision, LegalText, Nature

DEFAULT_CODE = "code-de-la-commande-publique"

_WORD = re.compile(r"[a-z0-9œæ]+")


def _folding() -> dict[int, str]:
    """One character for one, so that a place in the folded text is a place in the text."""
    table = {}
    for code in range(0x250):
        low = chr(code).lower()
        bare = unicodedata.normalize("NFD", low)[:1] if len(low) == 1 else chr(code)
        table[code] = bare
    table.update(dict.fromkeys(map(ord, "\t\n\r\u00a0\u2007\u2009\u202f"), " "))
    table.update(dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-"))
    table.update(dict.fromkeys(map(ord, "\u2019\u02bc"), "'"))
    return table


_FOLDING = _folding()


def fold(text: str) -> str:
    return text.translate(_FOLDING)


def order_of(key: str) -> tuple[str, tuple[int, ...]] | None:
    """« R2111-12 » → (« R », (2111, 12)): articles in their order, not in that of letters."""
    found = re.fullmatch(r"([LRD])(\d{1,6}(?:-\d{1,6}){0,4})", key)
    return (found[1], tuple(int(part) for part in found[2].split("-"))) if found else None


@dataclass(frozen=True)
class Vocabulary:
    """`numbers` by (nature, number); `names` by first word, longest first; `provisions` by (text, key)."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    names: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    provisions: dict[tuple[int | None, str], int] = field(default_factory=dict)
    ordered: dict[tuple[int | None, str], list[tuple[tuple[int, ...], int]]] = field(default_factory=dict)
    codes: frozenset[int] = frozenset()
    default_code: int | None = None

    @property
    def is_empty(self) -> bool:
        return not self.numbers and not self.names and not self.provisions

    def between(self, text: int | None, first: str, last: str) -> list[int]:
        """The articles known of us from one to the other, both included."""
        start, end = order_of(first), order_of(last)
        if start is None or end is None or start[0] != end[0]:
            return []
        return [pk for order, pk in self.ordered.get((text, start[0]), ()) if start[1] <= order <= end[1]]


_latest_stamp = Prepared(lambda: LegalChange.objects.order_by("-pk").values_list("stamp")[:1])
_kept: tuple[str, Vocabulary] = ("", Vocabulary())


def current_vocabulary() -> Vocabulary:
    global _kept
    rows = _latest_stamp.rows()
    stamp = rows[0][0] if rows else ""
    kept_stamp, vocabulary = _kept
    if stamp != kept_stamp:
        vocabulary = read_vocabulary() if stamp else Vocabulary()
        _kept = (stamp, vocabulary)
    return vocabulary


def read_vocabulary() -> Vocabulary:
    numbers: dict[tuple[str, str], int] = {}
    names: dict[str, dict[tuple[str, ...], int]] = {}
    codes, default_code = set(), None
    for text in LegalText.objects.order_by("pk").only("slug", "nature", "number", "short_title", "aliases"):
        if text.number:
            numbers[text.nature, text.number] = text.pk
        if text.nature == Nature.CODE:
            codes.add(text.pk)
        if text.slug == DEFAULT_CODE:
            default_code = text.pk
        for name in (text.short_title, *text.aliases):
            if words := tuple(_WORD.findall(fold(name))):
                names.setdefault(words[0], {}).setdefault(words, text.pk)
    provisions: dict[tuple[int | None, str], int] = {}
    ordered: dict[tuple[int | None, str], list] = {}
    for pk, text_id, key in LegalProvision.objects.values_list("pk", "text_id", "key"):
        provisions[text_id, key] = pk
        if order := order_of(key):
            ordered.setdefault((text_id, order[0]), []).append((order[1], pk))
    return Vocabulary(
        numbers=numbers,
        names={first: sorted(found.items(), key=lambda each: -len(each[0])) for first, found in names.items()},
        provisions=provisions,
        ordered={key: sorted(rows) for key, rows in ordered.items()},
        codes=frozenset(codes),
        default_code=default_code,
    )
