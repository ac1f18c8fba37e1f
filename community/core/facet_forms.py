"""The form of a list that is filtered by facets: its choices with their counts, and its addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .facets import Filters, Index

MAX_CHOICES = 30
MAX_VALUE = 200
MAX_TYPED = 100
OPEN_COMMUNITY = "ouverte"
UNFOLD = "plus"
# Beyond, a group of filters shows those that hold most, and a link to the others.
FOLDED_AT = 10


@dataclass(frozen=True)
class Vocabulary:
    """The facets of a list and the words of their addresses. `from_rows` are those whose values are rows; among them,
    a word of `from_contents` that no content in sight carries is as if it were not. `by_slug(facet)` gives the values
    of the others, `slug` and `label` their words; `spelled` reads what was typed as a slug.
    """

    facets: tuple[str, ...]
    from_rows: tuple[str, ...]
    from_contents: tuple[str, ...]
    by_slug: Callable[[str], dict]
    slug: Callable[[str, Any], str]
    label: Callable[[str, Any], str]
    spelled: Callable[[str], str]


class ReadFilters:
    """An address, its filters, and the words it typed that mean nothing to this viewer. `bits` are the rows that she
    sees, `find_space(slug)` the space of that name if she knows it.
    """

    def __init__(
        self, data: QueryDict, vocabulary: Vocabulary, index: Index, bits: int, *, order: str, find_space: Callable
    ):
        self.data, self.vocabulary, self.index, self.bits = data, vocabulary, index, bits
        self.unknown: list[tuple[str, str]] = []
        self.filters = Filters(order=order, text=data.get("q", "").strip()[:MAX_VALUE])
        for facet in vocabulary.facets:
            self.filters.chosen[facet] = self._chosen(facet)
        self._read_space(find_space)

    def _chosen(self, facet: str) -> list:
        found = []
        for typed in (each.strip()[:MAX_TYPED] for each in self.data.getlist(facet)[:MAX_CHOICES]):
            value = self._value(facet, typed)
            if value is not None:
                found.append(value)
            elif facet in self.vocabulary.from_contents and typed:
                self.unknown.append((facet, typed))
                self.filters.impossible = True
        return list(dict.fromkeys(found))

    def _value(self, facet: str, typed: str):
        spelled = self.vocabulary.spelled(typed)
        if facet not in self.vocabulary.from_rows:
            return self.vocabulary.by_slug(facet).get(spelled)
        names = self.index.by_name[facet]
        value = names.get(typed, names.get(spelled))
        from_contents = facet in self.vocabulary.from_contents
        if value is not None and from_contents and not self.index.mask(facet, value) & self.bits:
            return None
        return value

    def _read_space(self, find_space: Callable) -> None:
        typed = self.data.get("espace", "")[:80]
        if typed == OPEN_COMMUNITY:
            self.filters.open_community = True
        elif typed:
            self.filters.space = find_space(typed)
            self.filters.impossible |= self.filters.space is None


class FacetForm:
    """`parameters` is what an address of the list may hold: the rest is dropped, so that one list has one address."""

    parameters: tuple[str, ...] = ()
    # What the form of the order sends itself.
    sorting: tuple[str, ...] = ("tri",)

    def __init__(self, request: HttpRequest, read: ReadFilters, counts: dict[str, dict]):
        self.request, self.read, self.filters, self.index = request, read, read.filters, read.index
        self.vocabulary, self.chosen, self.counts = read.vocabulary, read.filters.chosen, counts
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

    def active(self) -> list[dict]:
        """The filters in force, each with the address of the list without it."""
        found = []
        for facet in self.vocabulary.facets:
            typed = {value: self.slug_of(facet, value) for value in self.chosen[facet]}
            unknown = [each for name, each in self.read.unknown if name == facet]
            for value in typed:
                rest = [each for other, each in typed.items() if other != value] + unknown
                found.append({"label": self.label_of(facet, value), "remove_url": self.url(**{facet: rest})})
            # As it was typed: the right spelling would tell that a word of private contents exists.
            found += [{"label": each, "remove_url": self.url(**{facet: [*typed.values()]})} for each in unknown]
        for name, label in (
            ("espace", self.filters.space.name if self.filters.space else ""),
            ("espace", _("Communauté ouverte") if self.filters.open_community else ""),
            ("q", f"«\u202f{self.filters.text}\u202f»" if self.filters.text else ""),
        ):
            if label:
                found.append({"label": label, "remove_url": self.url(**{name: ""})})
        return found

    def slug_of(self, facet: str, value) -> str:
        from_rows = facet in self.vocabulary.from_rows
        return self.index.words[facet][value].slug if from_rows else self.vocabulary.slug(facet, value)

    def label_of(self, facet: str, value) -> str:
        from_rows = facet in self.vocabulary.from_rows
        return self.index.words[facet][value].label if from_rows else str(self.vocabulary.label(facet, value))

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

    @cached_property
    def _unfold_start(self) -> str:
        """What every address that unfolds one value more begins with: a page has forty of them."""
        start = self.unfold_url()
        return start if start == "?" else f"{start}&"

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
            more = {"unfold_url": f"{self._unfold_start}{urlencode({UNFOLD: option['value']})}"} if asked else {}
            tops.append({**option, "below": below, "is_open": is_open, **more})
        return tops

    def rows(self, facet: str) -> list[dict]:
        return [option for value in self.index.words[facet] if (option := self.row(facet, value))]

    def most_carried(self, facet: str, most: int) -> list[dict]:
        """The most carried ones, and those chosen."""
        found = sorted(self.rows(facet), key=lambda option: (-option["checked"], -option["count"], option["label"]))
        return found[:most]

    def listed(self, facet: str, labels: dict) -> list[dict]:
        slug = self.vocabulary.slug
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

    def place_options(self, spaces: list, counts: dict[int | None, int]) -> list[dict]:
        """Where to look: everywhere, in the open community, in one of the spaces whose contents the viewer sees."""
        current, open_community = self.filters.space, self.filters.open_community
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
