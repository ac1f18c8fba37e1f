"""What the results page shows around the results: tabs, facets, places, addresses."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.core import contents
from community.core.sight import PreparedSight
from community.core.ui import number
from community.spaces.models import Space

from . import documents, keywords
from .address import MINE, NARROWING, WORDS_NARROWED, Asked
from .analysis import marked
from .filters import PERIOD_LABELS, PIECE_LABELS, STATE_LABELS, TABS, families, periods, unknown_names
from .results import Result, Results
from .service import Suggestion

MAX_SPACES = 12

_joined = PreparedSight(
    lambda viewer: Space.objects.visible_to(viewer).joined_by(viewer).active().order_by("name", "pk")[:MAX_SPACES]
)


def _lines(rows: list[Result]) -> list[dict]:
    return [{"result": row, "icon": contents.get(row.kind).icon, "line": " · ".join(row.line)} for row in rows]


class ResultsPage:
    def __init__(self, viewer: Any, asked: Asked, results: Results | None):
        self.viewer, self.asked, self.results = viewer, asked, results
        self.facets = results.facets if results else {}

    def url(self, **changes: Any) -> str:
        return f"?{self.asked.address(**changes)}"

    @cached_property
    def rows(self) -> list[dict]:
        return _lines(self.results.rows if self.results else [])

    @cached_property
    def others(self) -> list[dict]:
        return _lines(self.results.others if self.results else [])

    @cached_property
    def keywords(self) -> list[Suggestion]:
        """Beside the first results of a search that nothing narrows: those of the words typed, else as corrected."""
        if self.results is None or self.asked.page > 1 or self.asked.filters.tab or self.is_narrowed:
            return []
        named = keywords.found(self.viewer, self.asked.text)
        if not named and self.results.corrected:
            named = keywords.found(self.viewer, self.results.corrected_text)
        return named

    @property
    def tabs(self) -> list[dict]:
        by_kind = self.facets.get("type", {})
        counts = {tab: 0 for tab in TABS if any(kind.tab == tab for kind in documents.kinds())}
        for kind in documents.kinds():
            counts[kind.tab] += by_kind.get(kind.name, 0)
        # Without its tab, a search that asks nothing else finds nothing: it is the empty box.
        is_asked = self.asked.text or self.asked.filters.chosen().keys() - {"type"}
        every = {"label": _("Tout"), "url": self.url(type=""), "current": not self.asked.filters.tab}
        shown = [{**every, "count": sum(counts.values()) if is_asked else ""}]
        for tab, count in counts.items():
            current = tab == self.asked.filters.tab
            if count or current:
                shown.append({"label": TABS[tab], "url": self.url(type=tab), "current": current, "count": count})
        return shown

    @cached_property
    def families(self) -> list[dict]:
        counts = {int(pk): count for pk, count in self.facets.get("famille", {}).items()}
        chosen = set(self.asked.filters.families)
        return [
            {
                "value": each["slug"],
                "label": each["label"],
                "family": each["swatch"] or "autre",
                "count": counts.get(each["pk"], ""),
                "checked": each["pk"] in chosen,
            }
            for each in families()
            if each["pk"] in chosen or counts.get(each["pk"])
        ]

    @cached_property
    def states(self) -> list[dict]:
        return self._options("etat", STATE_LABELS, self.asked.filters.states)

    @cached_property
    def pieces(self) -> list[dict]:
        """In the order of a contract."""
        others = (*self.facets.get("piece", {}), *self.asked.filters.pieces)
        labels = {**PIECE_LABELS, **{value: value for value in others if value not in PIECE_LABELS}}
        return self._options("piece", labels, self.asked.filters.pieces)

    @cached_property
    def objectives(self) -> list[dict]:
        """The most frequent first."""
        counts = self.facets.get("objectif", {})
        values = sorted({*counts, *self.asked.filters.objectives}, key=lambda value: (-counts.get(value, 0), value))
        return self._options("objectif", {value: value for value in values}, self.asked.filters.objectives)

    def _options(self, name: str, labels: dict, chosen: tuple) -> list[dict]:
        counts = self.facets.get(name, {})
        return [
            {"value": value, "label": label, "count": counts.get(value, ""), "checked": value in chosen}
            for value, label in labels.items()
            if counts.get(value) or value in chosen
        ]

    @property
    def periods(self) -> list[dict]:
        counts, chosen = self.facets.get("periode", {}), self.asked.filters.period
        options = [{"value": "", "label": _("Toutes"), "checked": not chosen}]
        options += [
            {"value": name, "label": PERIOD_LABELS[name], "count": counts.get(name, 0), "checked": name == chosen}
            for name in periods()
        ]
        return options

    @cached_property
    def places(self) -> list[dict]:
        """Everywhere, one's own spaces, and each of them."""
        options = [{"value": "", "label": _("Tous les espaces"), "selected": not self.asked.scope}]
        if not self.viewer.is_authenticated and not self.asked.space:
            return options
        mine = []
        if self.viewer.is_authenticated:
            options.append({"value": MINE, "label": _("Mes espaces"), "selected": self.asked.scope == MINE})
            mine = _joined.rows(self.viewer)
        if self.asked.space and self.asked.space not in mine:
            mine.append(self.asked.space)
        return options + [
            {"value": space.slug, "label": space.name, "selected": space == self.asked.space} for space in mine
        ]

    @property
    def has_choices(self) -> bool:
        """Whether there is anything to narrow, or to widen again."""
        return bool(self.rows or self.asked.filters.chosen() or self.is_narrowed)

    @cached_property
    def is_narrowed(self) -> bool:
        return any(name not in ("q", "type", "exact") for name in self.asked.query)

    @property
    def wider_url(self) -> str:
        """The same words with nothing that narrows them; none when nothing does."""
        is_wide = not self.is_narrowed and not self.asked.filters.tab
        return "" if is_wide or not self.asked.text else f"?{urlencode({'q': self.asked.text})}"

    @property
    def kept_by_box(self) -> list[dict]:
        """What the box sends along: the tab, and what narrows these words, for as long as they are the same."""
        narrowed = self._kept(*NARROWING)
        words = [{"name": WORDS_NARROWED, "value": self.asked.text}] if narrowed else []
        return [*self._kept("type"), *narrowed, *words]

    @property
    def kept_by_facets(self) -> list[dict]:
        return self._kept("q", "type", "motcle", "perimetre", "titres", "exact")

    def _kept(self, *names: str) -> list[dict]:
        return [{"name": name, "value": value} for name in names for value in self.asked.query.getlist(name)]

    @property
    def previous_url(self) -> str:
        page = self.asked.page
        return "" if page < 2 else self.url(page=page - 1 if page > 2 else "")

    @property
    def next_url(self) -> str:
        return self.url(page=self.asked.page + 1) if self.results and self.results.more else ""

    @cached_property
    def unknown_names(self) -> list[str]:
        """What a search typed « famille:… » says that is none."""
        return unknown_names(self.results.query.named) if self.results else []

    @property
    def corrected_words(self) -> SafeString | str:
        """The search as it would be written, with what was mended marked."""
        return marked(self.results.corrected_text, frozenset(self.results.corrected.values())) if self.results else ""

    @property
    def corrected_url(self) -> str:
        return self.url(q=self.results.corrected_text, exact="") if self.results else ""

    @property
    def exact_url(self) -> str:
        return self.url(exact="1")

    @property
    def heading(self) -> str:
        total = self.results.total if self.results else 0
        if total < 2:
            return _("%(count)s résultat") % {"count": total}
        return _("%(count)s résultats") % {"count": number(total)}

    @cached_property
    def ask_url(self) -> str:
        """« Poser la question », the words carried over, and where and in which family one was looking."""
        families = self.asked.query.getlist("famille")
        carried = {
            "titre": self.results.query.said if self.results else self.asked.text,
            "espace": self.asked.space.slug if self.asked.space else "",
            "famille": families[0] if len(families) == 1 else "",
        }
        return f"{reverse('question_ask')}?{urlencode({name: value for name, value in carried.items() if value})}"
