"""A page of the library as its address asks for it: filters, counts, order, page; all among what the viewer sees."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When

from community.core import ports
from community.core.facets import Filters, Index, Selection, any_of, page_of
from community.core.keyset import Keyset
from community.core.prepared import Prepared
from community.core.sight import PreparedSight
from community.spaces.models import Space

from .. import facets
from ..models import Clause
from ..vocabularies import LegalState

# With every filter full, more would not fit in sixty kilobytes.
PAGE_SIZE = 18

MOMENTS = frozenset({"version_at"})
# What was never published comes last in every order: it has no moment of publication.
ORDERS = {
    "reprises": Keyset(("-use_count", "-pk")),
    "recentes": Keyset(("-version_at", "-pk"), moments=MOMENTS),
    "ambition": Keyset(("-ambition", "-use_count", "-pk")),
}
CARD_RELATED = ("family", "space")
# What a card never shows is not read.
CARD_ONLY = (
    "title", "slug", "kind", "document", "ambition", "state", "legal_state", "consolidation", "version", "use_count",
    "excerpt", "summary", "hidden_at", "is_sample", "author_id", "published_at",
    "family__label", "family__slug", "family__swatch", "space__name", "space__slug",
)  # fmt: skip


@dataclass
class Library:
    """`total` and `counts` are those of the filters; each count leaves its own facet out."""

    index: Index
    total: int
    counts: dict[str, dict]
    space_counts: dict[int | None, int]
    clauses: list[Clause]
    previous: str = ""
    next: str = ""


class Sight:
    """What one viewer sees of the library at this moment, in the order of the page."""

    def __init__(self, viewer, order: str, *, after: str = "", before: str = ""):
        self.viewer = viewer
        self.index = facets.index()
        self.keyset = ORDERS[order]
        self.after = self.keyset.decode(after)
        self.before = None if self.after else self.keyset.decode(before)
        self.rows = self._rows(order)
        self.bits = self.index.bits(row[0] for row in self.rows)

    def _rows(self, order: str) -> list[tuple]:
        """(key, 1 when the row stands beyond the cursor of the page) for every clause that the viewer sees."""
        if not self.after and not self.before:
            return _visible.rows(self.viewer, order)
        beyond = self.keyset.beyond(self.after or self.before or [], backwards=not self.after)
        rows = ordered(Clause.objects.visible_to(self.viewer), order)
        marked = Case(When(beyond, then=Value(1)), default=Value(0), output_field=IntegerField())
        return list(rows.annotate(is_beyond=marked).values_list("pk", "is_beyond"))

    def page(self, bits: int) -> tuple[list[int], bool, bool]:
        """The keys of the page among these clauses, and whether there is something before and after it."""
        cursor = {"after": bool(self.after), "before": bool(self.before)}
        return page_of(self.index, self.rows, bits, size=PAGE_SIZE, **cursor)


def ordered(clauses: QuerySet, order: str) -> QuerySet:
    if order == "recentes":
        clauses = clauses.with_version_moment()
    return clauses.order_by(*ORDERS[order].order)


_visible = PreparedSight(lambda viewer, order: ordered(Clause.objects.visible_to(viewer), order).values_list("pk"))


def selection_of(viewer, filters: Filters, sight: Sight) -> Selection:
    base = 0 if filters.impossible else sight.bits
    if filters.text and base:
        found = ports.text_search(viewer, "clause", filters.text)
        base &= sight.index.bits(found.order_by().values_list("pk", flat=True))
    own = {facet: _of_facet(sight.index, filters, facet) for facet in facets.FACETS}
    return Selection(sight.index, base, own, filters.place_in(sight.index))


def _of_facet(index: Index, filters: Filters, facet: str) -> int | None:
    """None: everything."""
    chosen = filters.chosen.get(facet)
    masks = index.masks[facet]
    if chosen:
        return any_of(masks, chosen)
    if facet == "vie":
        # What readers may read; the rest only when it is asked for.
        return masks.get(facets.PUBLIC, 0)
    if facet == "etat" and not filters.chosen.get("vie"):
        # What the library no longer advises is shown to who asks.
        return any_of(masks, (value for value in masks if value != LegalState.OBSOLETE))
    return None


def library_page(viewer, filters: Filters, sight: Sight) -> Library:
    selection = selection_of(viewer, filters, sight)
    bits = selection.bits()
    keys, has_previous, has_next = sight.page(bits)
    clauses = cards(keys, filters.order)
    keyset = sight.keyset
    return Library(
        index=sight.index,
        total=bits.bit_count(),
        counts=selection.counts(),
        space_counts=selection.space_counts(),
        clauses=clauses,
        previous=keyset.encode(clauses[0]) if has_previous and clauses else "",
        next=keyset.encode(clauses[-1]) if has_next and clauses else "",
    )


_cards = Prepared(
    lambda ids: Clause.objects.filter(pk__in=ids).with_version_moment().select_related(*CARD_RELATED).only(*CARD_ONLY)
)


def cards(pks: list[int], order: str = "") -> list[Clause]:
    """The clauses of these keys, whose right was asked just before, in their order, with what a card shows."""
    found = {clause.pk: clause for clause in _cards.rows(ids=pks)}
    return [found[pk] for pk in pks if pk in found]


_spaces = PreparedSight(lambda viewer, ids: Space.objects.visible_to(viewer).filter(pk__in=ids).order_by("name"))


def spaces_seen(sight, viewer) -> list[Space]:
    """The spaces of the contents that the viewer sees in a list, by name."""
    pks = [pk for pk, mask in sight.index.spaces.items() if pk is not None and mask & sight.bits]
    return _spaces.rows(viewer, ids=pks)
