"""A page of the library of reports as its address asks for it; all among what the viewer sees."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When

from community.core import ports
from community.core.facets import Filters, Index, Selection, any_of, page_of
from community.core.keyset import Keyset
from community.core.prepared import Prepared
from community.core.sight import PreparedSight
from community.members.display import DISPLAYED
from community.members.display import RELATED as RELATED_OF_AUTHOR
from community.members.models import Member

from .. import facets
from ..models import ExperienceReport
from ..shown import buyer_words
from ..vocabularies import Outcome

PAGE_SIZE = 20
# Fewer would tell of one contract.
LEAST_FOR_MEDIAN = 3
ORDERS = {
    "recents": Keyset(("-published_at", "-pk"), moments=frozenset({"published_at"})),
    "utiles": Keyset(("-useful_count", "-pk")),
    "ecart": Keyset(("gap", "-pk")),
}


@dataclass
class ReportPage:
    """`total`, `counts` and `figures` are those of the filters; each count leaves its own facet out."""

    index: Index
    total: int
    counts: dict[str, dict]
    space_counts: dict[int | None, int]
    figures: dict[str, int | None]
    reports: list[ExperienceReport]
    previous: str = ""
    next: str = ""


class Sight:
    """What one viewer sees of the reports at this moment, in the order of the page."""

    def __init__(self, viewer, order: str, *, after: str = "", before: str = ""):
        self.index = facets.index()
        self.order = order
        self.keyset = ORDERS[order]
        self.after = self.keyset.decode(after)
        self.before = None if self.after else self.keyset.decode(before)
        self.rows = self._rows(viewer)
        self.bits = self.index.bits(row[0] for row in self.rows)

    def _rows(self, viewer) -> list[tuple]:
        """(key, 1 when the row stands beyond the cursor of the page) for every report that the viewer sees."""
        if not self.after and not self.before:
            return _visible.rows(viewer, self.order)
        beyond = self.keyset.beyond(self.after or self.before or [], backwards=not self.after)
        marked = Case(When(beyond, then=Value(1)), default=Value(0), output_field=IntegerField())
        return list(seen_by(viewer, self.order).annotate(is_beyond=marked).values_list("pk", "is_beyond"))

    def page(self, bits: int) -> tuple[list[int], bool, bool]:
        cursor = {"after": bool(self.after), "before": bool(self.before)}
        return page_of(self.index, self.rows, bits, size=PAGE_SIZE, **cursor)


def seen_by(viewer, order: str) -> QuerySet:
    """What lists show: neither drafts, nor what moderators hid, which they find in their queue."""
    reports = ExperienceReport.objects.visible_to(viewer).published()
    return (reports.with_gap() if order == "ecart" else reports).order_by(*ORDERS[order].order)


_visible = PreparedSight(lambda viewer, order: seen_by(viewer, order).values_list("pk"))


def selection_of(viewer, filters: Filters, sight: Sight) -> Selection:
    index = sight.index
    base = 0 if filters.impossible else sight.bits
    if filters.text and base:
        found = ports.text_search(viewer, "experience_report", filters.text)
        base &= index.bits(found.order_by().values_list("pk", flat=True))
    own = {
        facet: any_of(index.masks[facet], chosen) if (chosen := filters.chosen.get(facet)) else None
        for facet in facets.FACETS
    }
    return Selection(index, base, own, filters.place_in(index))


def report_page(viewer, filters: Filters, sight: Sight) -> ReportPage:
    selection = selection_of(viewer, filters, sight)
    bits = selection.bits()
    keys, has_previous, has_next = sight.page(bits)
    reports = cards(keys)
    return ReportPage(
        index=sight.index,
        total=bits.bit_count(),
        counts=selection.counts(),
        space_counts=selection.space_counts(),
        figures=figures_of(sight.index, bits),
        reports=reports,
        previous=sight.keyset.encode(reports[0]) if has_previous and reports else "",
        next=sight.keyset.encode(reports[-1]) if has_next and reports else "",
    )


def figures_of(index: Index, bits: int) -> dict[str, int | None]:
    outcomes = index.masks["resultat"]
    counted = {outcome: (outcomes.get(outcome, 0) & bits).bit_count() for outcome in Outcome.values}
    awarded = counted.pop(Outcome.AWARDED.value)
    return {
        "awarded": awarded,
        "others": sum(counted.values()),
        "bids": median_of(index.masks["offres"], bits),
        "gap": median_of(index.masks["ecart"], bits),
    }


def median_of(masks: dict[int, int], bits: int) -> int | None:
    """Of the values that these rows hold; the lower of the two in the middle."""
    counts = {value: (mask & bits).bit_count() for value, mask in masks.items()}
    held = sorted(value for value, count in counts.items() if count)
    total, passed = sum(counts.values()), 0
    if total < LEAST_FOR_MEDIAN:
        return None
    for value in held:
        passed += counts[value]
        if passed * 2 >= total:
            break
    return value


# What a card never shows is not read.
CARD_ONLY = (
    "title", "slug", "summary", "subject", "outcome", "naming", "hides_organisation", "buyer", "size", "bids",
    "weight", "price_gap", "published_at", "changed_at", "useful_count", "author_id",
    "organisation__name", "family__label", "family__slug", "family__swatch", "space__name",
)  # fmt: skip
_cards = Prepared(
    lambda ids: (
        ExperienceReport.objects.filter(pk__in=ids)
        .with_gap()
        .select_related("organisation", "family", "space")
        .only(*CARD_ONLY)
    )
)
_authors = Prepared(lambda ids: Member.objects.filter(pk__in=ids).select_related(*RELATED_OF_AUTHOR).only(*DISPLAYED))


def cards(pks: list[int]) -> list[ExperienceReport]:
    """The reports of these keys, whose right was asked just before, in their order, with what a card shows."""
    found = {report.pk: report for report in _cards.rows(ids=pks)}
    reports = [found[pk] for pk in pks if pk in found]
    # The person is in a card where nothing is said of the organisation.
    unsaid = [report for report in reports if not buyer_words(report)]
    authors = {member.pk: member for member in _authors.rows(ids=[report.author_id for report in unsaid])}
    for report in unsaid:
        report.author = authors[report.author_id]
    return reports
