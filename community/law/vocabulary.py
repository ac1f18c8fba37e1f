"""The names, numbers and articles that the recogniser knows, kept in memory by each process.

One small query tells whether they are still right: the stamp of the latest change. Two more read them again after a
change, whichever process made it.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Fact:
    """What a page says of a text or an article that a content cites; `label` is an article's own."""

    name: str
    url: str
    text: int
    repealed_on: date | None = None
    successor: tuple[str, int] | None = None
    label: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """`numbers` by (nature, number); `names` by first word, longest first; `provisions` by (text, key); `facts` by
    (kind, pk).
    """

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    names: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    provisions: dict[tuple[int | None, str], int] = field(default_factory=dict)
    ordered: dict[tuple[int | None, str], list[tuple[tuple[int, ...], int]]] = field(default_factory=dict)
    codes: frozenset[int] = frozenset()
    default_code: int | None = None
    facts: dict[tuple[str, int], Fact] = field(default_factory=dict)

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
    rows = _latest_stamp.rows()
    return vocabulary_at(rows[0][0] if rows else "")


def vocabulary_at(stamp: str) -> Vocabulary:
    """For who has just read the latest stamp among other things."""
    global _kept
    kept_stamp, vocabulary = _kept
    if stamp != kept_stamp:
        vocabulary = read_vocabulary() if stamp else Vocabulary()
        _kept = (stamp, vocabulary)
    return vocabulary


def read_vocabulary() -> Vocabulary:
    texts = list(LegalText.objects.order_by("pk"))
    provisions = list(LegalProvision.objects.select_related("text"))
    by_article = {(provision.text_id, provision.key): provision.pk for provision in provisions}
    return Vocabulary(
        numbers={(text.nature, text.number): text.pk for text in texts if text.number},
        names=names_of(texts),
        provisions=by_article,
        ordered=in_order(provisions),
        codes=frozenset(text.pk for text in texts if text.nature == Nature.CODE),
        default_code=next((text.pk for text in texts if text.slug == DEFAULT_CODE), None),
        facts=facts_of(texts, provisions),
    )


def names_of(texts: list[LegalText]) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    names: dict[str, dict[tuple[str, ...], int]] = {}
    for text in texts:
        for name in (text.short_title, *text.aliases):
            if words := tuple(_WORD.findall(fold(name))):
                names.setdefault(words[0], {}).setdefault(words, text.pk)
    return {first: sorted(found.items(), key=lambda each: -len(each[0])) for first, found in names.items()}


def in_order(provisions: list[LegalProvision]) -> dict[tuple[int | None, str], list[tuple[tuple[int, ...], int]]]:
    ordered: dict[tuple[int | None, str], list] = {}
    for provision in provisions:
        if order := order_of(provision.key):
            ordered.setdefault((provision.text_id, order[0]), []).append((order[1], provision.pk))
    return {key: sorted(rows) for key, rows in ordered.items()}


def facts_of(texts: list[LegalText], provisions: list[LegalProvision]) -> dict[tuple[str, int], Fact]:
    facts = {
        ("legal_text", text.pk): Fact(
            text.short_title,
            text.get_absolute_url(),
            text.pk,
            text.repealed_on,
            ("legal_text", text.replaced_by_id) if text.replaced_by_id else None,
        )
        for text in texts
    }
    for provision in provisions:
        facts["legal_provision", provision.pk] = Fact(
            str(provision),
            provision.get_absolute_url(),
            provision.text_id,
            provision.repealed_on,
            ("legal_provision", provision.replaced_by_id) if provision.replaced_by_id else None,
            provision.label,
        )
    return facts
