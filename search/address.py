"""The address of a search read into what is asked, and written back: one search has one address."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from community.spaces.models import Space
from community.spaces.querysets import joined_space_ids
from community.taxonomy.tags import names_that_stand

from . import documents
from .analysis import MAX_QUERY
from .filters import PERIOD_LABELS, PERIODS, PIECE_LABELS, STATE_LABELS, TABS, Filters, families
from .service import MAX_PAGE

MAX_CHOICES = 20
MINE = "miens"
PARAMETERS = ("q", "type", "famille", "etat", "periode", "piece", "objectif", "motcle", "perimetre", "titres", "exact")
# What the results of some words are narrowed by; other words begin anew.
NARROWING = ("famille", "etat", "periode", "piece", "objectif", "motcle")
# The words that were narrowed, sent by the box beside those that it asks now.
WORDS_NARROWED = "mots"


@dataclass
class Asked:
    """`query` holds what was understood only; a space that cannot be seen, or is not, finds nothing."""

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    page: int = 1
    query: QueryDict = field(default_factory=lambda: QueryDict(mutable=True))
    space: Space | None = None
    scope: str = ""

    @classmethod
    def from_address(cls, address: str, viewer: Any) -> "Asked":
        return read(QueryDict(address), viewer)

    def address(self, **changes: Any) -> str:
        query = self.query.copy()
        for name, value in changes.items():
            query.pop(name, None)
            values = value if isinstance(value, list) else [value]
            if any(values):
                query.setlist(name, [str(each) for each in values])
        return query.urlencode()

    def label(self) -> str:
        """What is asked, in words: two searches that differ are told apart."""
        kept = self.filters
        words = [self.text, TABS.get(kept.tab, "")]
        words += [each["label"] for each in families() if each["pk"] in kept.families]
        words += [PIECE_LABELS.get(piece, piece) for piece in kept.pieces]
        # As they were typed: the right spelling of a keyword is told by the contents that carry it.
        words += [*kept.objectives, *self.query.getlist("motcle"), *(STATE_LABELS[state] for state in kept.states)]
        words.append(PERIOD_LABELS.get(kept.period, ""))
        words.append(_("Titres seulement") if kept.titles_only else "")
        words.append(_("Mes espaces") if self.scope == MINE else self.space.name if self.space else "")
        return " · ".join(str(word) for word in words if word)[:200] or _("Toute nouveauté")


def read(data: QueryDict, viewer: Any) -> Asked:
    asked = Asked(text=plain(data.get("q", "")[: MAX_QUERY * 4]).strip()[:MAX_QUERY])
    slugs = {each["slug"]: each["pk"] for each in families()}
    tabs = {kind.tab for kind in documents.kinds()}
    understood = {
        "q": [asked.text],
        "type": [data.get("type", "")] if data.get("type") in tabs else [],
        "famille": [slug for slug in several(data, "famille") if slug in slugs],
        "etat": [state for state in several(data, "etat") if state in STATE_LABELS],
        "periode": [data.get("periode", "")] if data.get("periode") in PERIODS else [],
        "piece": several(data, "piece"),
        "objectif": several(data, "objectif"),
        "motcle": several(data, "motcle"),
        "titres": ["1"] if data.get("titres") else [],
        "exact": ["1"] if data.get("exact") else [],
    }
    filters = asked.filters
    filters.tab = "".join(understood["type"])
    filters.families = tuple(slugs[slug] for slug in understood["famille"])
    filters.states = tuple(understood["etat"])
    filters.period = "".join(understood["periode"])
    filters.pieces, filters.objectives = tuple(understood["piece"]), tuple(understood["objectif"])
    # An address that was kept says a word that another replaced since.
    filters.tags = tuple(names_that_stand(understood["motcle"]))
    filters.titles_only, filters.exactly = bool(understood["titres"]), bool(understood["exact"])
    understood["perimetre"] = _read_scope(asked, plain(data.get("perimetre", "")[:80]), viewer)
    for name in PARAMETERS:
        if values := [value for value in understood[name] if value]:
            asked.query.setlist(name, values)
    number = data.get("page", "")
    asked.page = min(max(int(number), 1), MAX_PAGE) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    return asked


def read_box(data: QueryDict, viewer: Any) -> Asked:
    """What the box of the results sends: a place or the titles only, chosen for the same words, keep their filters."""
    sent = data.copy()
    if plain(data.get(WORDS_NARROWED, "")).strip() != plain(data.get("q", "")).strip():
        for name in NARROWING:
            sent.pop(name, None)
    return read(sent, viewer)


def several(data: QueryDict, name: str) -> list[str]:
    return list(dict.fromkeys(plain(value[:60]) for value in data.getlist(name)[:MAX_CHOICES] if value))


def plain(value: str) -> str:
    """PostgreSQL refuses a text with a NUL."""
    return value.replace("\0", " ")


def _read_scope(asked: Asked, scope: str, viewer: Any) -> list[str]:
    if not scope:
        return []
    asked.scope = scope
    if scope == MINE and viewer.is_authenticated:
        asked.filters.space_ids = tuple(joined_space_ids(viewer).values_list("space", flat=True))
    else:
        asked.space = Space.objects.visible_to(viewer).filter(slug=scope).first()
        asked.filters.space_ids = (asked.space.pk,) if asked.space else ()
    return [scope]
