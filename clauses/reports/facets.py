"""The index of the experience reports (`core.facets`), made of what is shown of them and of nothing else: a report
that hides its organisation is filed under its région, whatever département its author typed.
"""

from django.db.models import Case, Count, F, IntegerField, Max, QuerySet, Subquery, Sum, Value, When

from clauses.library.facets import family_words, tag_words, territory_words
from community.core.facets import Holders, Index, KeptIndex, Stamp, Word, scattered
from community.members.models import Territory
from community.taxonomy.models import Tag, Theme
from community.taxonomy.procurement import AmountBracket

from .models import ExperienceReport, ReportTag
from .vocabularies import ReportState

FACETS = ("sujet", "resultat", "famille", "theme", "territoire", "acheteur", "annee", "montant", "mot-cle")
# Facets that are counted for the figures above the list, never offered.
FIGURES = ("offres", "ecart")
ROWS = (
    *("pk", "space_id", "family_id", "territory_id", "hides_organisation"),
    *("subject", "outcome", "buyer", "year", "amount", "bids", "price_gap"),
)


def stamped(reports: QuerySet) -> QuerySet:
    """One row that changes when any of these reports does, by its version, or when two tags merge."""
    hidden = Case(When(hidden_at=None, then=0), default=1, output_field=IntegerField())
    published = Case(When(state=ReportState.PUBLISHED, then=0), default=2, output_field=IntegerField())
    return (
        reports.order_by()
        .values(one=Value(1))
        .annotate(
            stamp_rows=Count("pk"),
            stamp_changed=Max("changed_at"),
            stamp_sum=Sum(scattered() * (hidden + published + F("version") * 4)),
            stamp_tags=Max(Subquery(Tag.objects.merged_count())),
            stamp_useful=Sum("useful_count"),
        )
        .values_list("stamp_rows", "stamp_changed", "stamp_sum", "stamp_tags", "stamp_useful")
    )


def build(stamp: tuple) -> Index:
    # What its author alone reads is in no list: the index holds what was published, hidden or not.
    rows = list(ExperienceReport.objects.filter(state=ReportState.PUBLISHED).order_by("pk").values_list(*ROWS))
    families, regions, alone = family_words(), *regions_of()
    holders = Holders()
    for pk, space, family, territory, hides, *rest in rows:
        holders.put("space", space, pk)
        holders.put_family(families, family, pk)
        if territory is not None:
            wide = hides or territory in alone
            holders.put("territoire", regions.get(territory, territory) if wide else territory, pk)
        _file(holders, pk, *rest)
    _through(holders)
    made = Index(stamp=stamp, position={row[0]: place for place, row in enumerate(rows)})
    made.words = {
        "famille": families,
        "theme": theme_words(),
        "territoire": territory_words(holders.of("territoire")),
        "mot-cle": tag_words(holders.of("mot-cle")),
    }
    return made.fill(holders, (*FACETS, *FIGURES))


def regions_of() -> tuple[dict[int, int], set[int]]:
    """The région of each département, and the départements that are a région by themselves, listed once."""
    rows = list(Territory.objects.exclude(parent=None).values_list("pk", "parent_id", "name", "parent__name"))
    return {pk: parent for pk, parent, *_names in rows}, {pk for pk, _parent, name, above in rows if name == above}


def _file(holders: Holders, pk: int, subject, outcome, buyer, year, amount, bids, gap) -> None:
    values = {
        "sujet": subject,
        "resultat": outcome,
        "acheteur": buyer,
        "annee": year,
        "montant": None if amount is None else AmountBracket.of(amount).value,
        "offres": bids,
        "ecart": gap,
    }
    for facet, value in values.items():
        if value not in ("", None):
            holders.put(facet, value, pk)


def _through(holders: Holders) -> None:
    for report, theme in ExperienceReport.themes.through.objects.values_list("experiencereport_id", "theme_id"):
        holders.put("theme", theme, report)
    for report, tag in ReportTag.objects.values_list("content_object_id", "tag_id"):
        holders.put("mot-cle", tag, report)


def theme_words() -> dict[int, Word]:
    rows = Theme.objects.order_by("position", "pk").values_list("pk", "code", "label")
    return {pk: Word(slug=code, label=label) for pk, code, label in rows}


current_stamp = Stamp(lambda: stamped(ExperienceReport.objects.all()), columns=4)
index = KeptIndex(current_stamp, build)
