"""The form of a list that is filtered by facets: its choices with their counts, and its addresses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from .facets import Index

MAX_CHOICES = 30
MAX_VALUE = 200
OPEN_COMMUNITY = "ouverte"
UNFOLD = "plus"
# Beyond, a group of filters shows those that hold most, and a link to the others.
FOLDED_AT = 10


class FacetForm:
    """`parameters` is what an address of the list may hold: the rest is dropped, so that one list has one address."""

    parameters: tuple[str, ...] = ()
    # What the form of the order sends itself.
    sorting: tuple[str, ...] = ("tri",)

    def __init__(self, request: HttpRequest, index: Index, chosen: dict[str, list], counts: dict[str, dict]):
        self.request, self.index, self.chosen, self.counts = request, index, chosen, counts
        self.query = QueryDict(mutable=True)
        # Facets, or values of a tree, that the reader asked to see whole.
        self.unfolded = set(request.GET.getlist(UNFOLD)[:MAX_CHOICES]) if UNFOLD in self.parameters else set()
        for name in self.parameters:
            values = [value[:MAX_VALUE] for value in request.GET.getlist(name)[:MAX_CHOICES] if value]
            if values:
                self.query.setlist(name, values)

    def url(self, **changes: str | list[str]) -> str:
        """The address of the list with these changes; page cursors are left out."""
        query = self.query.copy()
        for name, value in changes.items():
            name = name.replace("_", "-")
            values = value if isinstance(value, list) else [value]
            query.pop(name, None)
            if any(values):
                query.setlist(name, values)
        return f"?{query.urlencode()}" if query else "?"

    def kept_by_sort(self) -> list[tuple[str, str]]:
        """What the form of the order must send along."""
        return [(name, value) for name, values in self.query.lists() if name not in self.sorting for value in values]

    def folded(self, facet: str, options: list[dict]) -> dict:
        """`options`, and `more`: {url, count} of those left out. Those chosen are always shown, and all keep their
        order. The others are asked for, not hidden in the page: a list has a hundred of them.
        """
        if facet in self.unfolded or len(options) <= FOLDED_AT + 1:
            return {"options": options}
        by_count = sorted(options, key=lambda option: -option["count"])[:FOLDED_AT]
        kept = {option["value"] for option in by_count}
        shown = [each for each in options if each["value"] in kept or each["checked"] or each.get("is_open")]
        if len(shown) == len(options):
            return {"options": options}
        return {"options": shown, "more": {"url": self.unfold_url(facet), "count": len(options) - len(shown)}}

    def unfold_url(self, *names: str) -> str:
        return self.url(**{UNFOLD: [*sorted(self.unfolded), *names]})

    def families(self) -> list[dict]:
        return self.tree("famille")

    def tree(self, facet: str, *, a_level_at_a_time: bool = False) -> list[dict]:
        """The top values, each with those below it; a level at a time, with those below the chosen ones only."""
        words, tops = self.index.words[facet], []
        children: dict[Any, list] = {}
        for value, word in words.items():
            children.setdefault(word.parent, []).append(value)
        for value in children.get(None, ()):
            option = self.row(facet, value)
            if option is None:
                continue
            chosen = option["checked"] or any(each in self.chosen[facet] for each in children.get(value, ()))
            chosen = chosen or option["value"] in self.unfolded
            shown = children.get(value, ()) if chosen or not a_level_at_a_time else ()
            below = [found for each in shown if (found := self.row(facet, each))]
            is_open = any(each["checked"] for each in below) or (a_level_at_a_time and chosen)
            # A level at a time, those below are asked for; without the reader's choice of how, they come with it.
            asked = UNFOLD in self.parameters and not shown and value in children
            more = {"unfold_url": self.unfold_url(option["value"])} if asked else {}
            tops.append({**option, "below": below, "is_open": is_open, **more})
        return tops

    def rows(self, facet: str) -> list[dict]:
        return [option for value in self.index.words[facet] if (option := self.row(facet, value))]

    def most_carried(self, facet: str, most: int) -> list[dict]:
        """The most carried ones, and those chosen."""
        found = sorted(self.rows(facet), key=lambda option: (-option["checked"], -option["count"], option["label"]))
        return found[:most]

    def listed(self, facet: str, labels: dict, slug: Callable[[str, Any], str]) -> list[dict]:
        return [
            option
            for value, label in labels.items()
            if (option := self.option(facet, value, slug(facet, value), label))
        ]

    def row(self, facet: str, value) -> dict | None:
        word = self.index.words[facet][value]
        option = self.option(facet, value, word.slug, word.label)
        return option and {**option, "family": word.swatch if facet == "famille" else ""}

    def option(self, facet: str, value, typed: str, label) -> dict | None:
        """Nothing for what would give nothing, unless it is chosen."""
        count = self.counts[facet].get(value, 0)
        checked = value in self.chosen[facet]
        if not count and not checked:
            return None
        return {"value": typed, "label": str(label), "count": count, "checked": checked}

    def place_options(
        self, spaces: list, current, counts: dict[int | None, int], *, open_community: bool
    ) -> list[dict]:
        """Where to look: everywhere, in the open community, in one of the spaces whose contents the viewer sees."""
        if current is not None and current not in spaces:
            spaces = [*spaces, current]
        if not spaces:
            return []
        everywhere = current is None and not open_community
        rows = [
            ("", _("Partout"), sum(counts.values()), everywhere),
            (OPEN_COMMUNITY, _("Communauté ouverte"), counts.get(None, 0), open_community),
            *((space.slug, space.name, counts.get(space.pk, 0), space == current) for space in spaces),
        ]
        return [
            {"value": value, "label": label, "count": count, "checked": checked}
            for value, label, count, checked in rows
        ]
