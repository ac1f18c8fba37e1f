"""The form of a list that is filtered by facets: its choices with their counts, and its addresses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from .facets import Index

MAX_CHOICES = 30
MAX_VALUE = 200
OPEN_COMMUNITY = "ouverte"


class FacetForm:
    """`parameters` is what an address of the list may hold: the rest is dropped, so that one list has one address."""

    parameters: tuple[str, ...] = ()
    # What the form of the order sends itself.
    sorting: tuple[str, ...] = ("tri",)

    def __init__(self, request: HttpRequest, index: Index, chosen: dict[str, list], counts: dict[str, dict]):
        self.request, self.index, self.chosen, self.counts = request, index, chosen, counts
        self.query = QueryDict(mutable=True)
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
            shown = children.get(value, ()) if chosen or not a_level_at_a_time else ()
            below = [found for each in shown if (found := self.row(facet, each))]
            is_open = any(each["checked"] for each in below) or (a_level_at_a_time and chosen)
            tops.append({**option, "below": below, "is_open": is_open})
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
