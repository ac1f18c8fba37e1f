"""What the page of a purchase family or of a keyword gathers from every room, through the eyes of who reads it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.library.models import Clause
from clauses.library.selectors.home import shown as clause_rows
from clauses.library.selectors.library import Sight, cards
from clauses.library.selectors.pairs import CONDITION, CRITERION, Pair, pairs_for
from clauses.library.selectors.rows import row as clause_row
from clauses.library.selectors.rows import rows
from clauses.reports.models import ExperienceReport
from clauses.reports.selectors.experience import reports_tagged
from community.core.facets import page_of
from community.core.sight import PreparedSight
from community.law.models import Audience
from community.law.obligations import Catering, Place, Purchase, PurchaseNature, Status, check
from community.members.models import Member
from community.members.permissions import visible_fields
from community.members.selectors import ShownProfile, shows
from community.taxonomy.models import PurchaseFamily, Tag
from community.taxonomy.text import fold
from qa.models import Question
from qa.selectors import home as questions

SHOWN_QUESTIONS = 5
SHOWN_CLAUSES = 6
SHOWN_PEERS = 5
SHOWN_REPORTS = 3
SHOWN_PAIRS = 2
# What the law asks is shown on an example, so that nobody takes it for an answer on their own contract.
EXAMPLE_AMOUNT = Decimal(250_000)
EXAMPLE_MONTHS = 48
LAW_SECONDS = 60
WORKS = {"BAT", "TP"}
SERVICES = {"NET", "EV", "DEC", "COM", "PI", "SEC", "INS", "IMM"}
SHOWN_STATUSES = (Status.APPLIES, Status.TO_CHECK, Status.CONDITIONAL, Status.NOT_YET)
MAX_FINDINGS = 8


@dataclass
class FamilyPage:
    """`counts`: clauses that the reader sees, by key of family, this one and those below it."""

    family: PurchaseFamily
    below: list[PurchaseFamily]
    counts: dict[int, int]
    findings: list[dict]
    pairs: list[dict]
    clauses: list[dict]
    questions: list[dict]
    peers: list[ShownProfile] = field(default_factory=list)


def get_family_or_404(code: str) -> PurchaseFamily:
    """Families are for everyone."""
    found = PurchaseFamily.objects.select_related("parent").named(code).first()
    if found is None:
        raise Http404
    return found


def read_family(viewer, family: PurchaseFamily, *, view: str = "") -> FamilyPage:
    """`view`: which of its threads, one of `questions.FAMILY_VIEWS`."""
    sight = Sight(viewer, "reprises")
    words = sight.index.words["famille"]
    below = [
        PurchaseFamily(pk=pk, slug=word.slug, label=word.label)
        for pk, word in words.items()
        if word.parent == family.pk
    ]
    pairs = [pair_row(pair) for pair in pairs_for(viewer, family, (CONDITION, CRITERION), limit=SHOWN_PAIRS).pairs]
    advised = advised_in(sight)
    in_pairs = {pk for pair in pairs for pk in pair["keys"]}
    return FamilyPage(
        family=family,
        below=below,
        counts=clause_counts(sight, [family, *below], advised),
        findings=findings_for(family),
        pairs=pairs,
        clauses=most_used(sight, sight.index.mask("famille", family.pk) & advised, but=in_pairs),
        questions=questions.rows_of_family(viewer, family, SHOWN_QUESTIONS, view=view),
        peers=peers(viewer, family),
    )


def advised_in(sight: Sight) -> int:
    """What the library shows when nothing is chosen."""
    masks = sight.index.masks
    return sight.bits & masks["vie"].get("public", 0) & ~masks["etat"].get("obsolete", 0)


def clause_counts(sight: Sight, families: list[PurchaseFamily], bits: int) -> dict[int, int]:
    return {family.pk: (sight.index.mask("famille", family.pk) & bits).bit_count() for family in families}


def most_used(sight: Sight, bits: int, *, but: set[int]) -> list[dict]:
    """The first clauses of the family; those that the page already shows in pairs are not repeated."""
    size = SHOWN_CLAUSES + len(but)
    keys, _before, _after = page_of(sight.index, sight.rows, bits, size=size, after=False, before=False)
    return rows(cards([key for key in keys if key not in but][:SHOWN_CLAUSES]))


def pair_row(pair: Pair) -> dict:
    halves = [half for half in (pair.condition, pair.criterion) if half is not None]
    rows = [clause_row(half) for half in halves]
    for each in rows:
        each["tab"] = f"{each['document']} · {each['kind'].lower()}"
    return {"rows": rows, "is_whole": pair.is_whole, "keys": [half.pk for half in halves]}


def nature_of(family: PurchaseFamily) -> str:
    top = family.code.partition("-")[0]
    if top in WORKS:
        return PurchaseNature.WORKS
    return PurchaseNature.SERVICES if top in SERVICES else PurchaseNature.SUPPLIES


def findings_for(family: PurchaseFamily) -> list[dict]:
    """Lines of the legal calendar for an example of the family; the law is the same for every reader."""
    today = timezone.localdate()
    key = f"editorial:findings:{family.code}:{today.isoformat()}"
    found = cache.get(key)
    if found is None:
        found = read_findings(family, today)
        cache.set(key, found, LAW_SECONDS)
    return found


def read_findings(family: PurchaseFamily, today: date) -> list[dict]:
    top = family.code.partition("-")[0]
    purchase = Purchase(
        nature=nature_of(family),
        amount=EXAMPLE_AMOUNT,
        buyer=Audience.LOCAL,
        place=Place.MAINLAND,
        family=family.code,
        catering=Catering.CONTRACT if top == "ALI" else None,
        duration_months=EXAMPLE_MONTHS,
        launch_date=today,
    )
    kept = [finding for finding in check(purchase) if finding.status in SHOWN_STATUSES and finding.is_near]
    # What the contract must contain is kept first, then what surrounds it; and a line of time is read in its order.
    kept.sort(key=lambda finding: (not finding.wants, SHOWN_STATUSES.index(finding.status)))
    kept = sorted(kept[:MAX_FINDINGS], key=lambda finding: finding.since or date.max)
    return [
        {
            "title": str(finding.title),
            "why": str(finding.why),
            "status": str(finding.status),
            "since": finding.since,
            "year": finding.since.year if finding.since and finding.since_year_only else None,
            "grounds": [{"label": ground_label(fact), "url": fact.url} for fact in (*finding.articles, *finding.texts)],
            "is_verified": finding.is_verified,
            "verified_on": finding.verified_on,
        }
        for finding in kept
    ]


def ground_label(fact) -> str:
    if fact.kind != "article":
        return fact.label
    return _("Art. %(label)s, %(text)s") % {"label": fact.label, "text": fact.text_name}


def peers(viewer, family: PurchaseFamily) -> list[ShownProfile]:
    """Who « a déjà fait ce type de marché » and lets this reader know it; those who may be asked come first."""
    if not viewer.is_authenticated:
        return []
    found = Member.objects.visible_to(viewer).persons().experienced_in_family(family).exclude(pk=viewer.pk)
    found = found.filter(shows(viewer, "practice")).select_related("organisation", "territory")
    return [
        ShownProfile(member=member, fields=frozenset(visible_fields(viewer, member)))
        for member in found.order_by("-available_to_be_asked", "-pk")[:SHOWN_PEERS]
    ]


@dataclass
class TagPage:
    tag: Tag
    clauses: list[dict]
    questions: list[dict]
    reports: list[ExperienceReport]

    @cached_property
    def has_open_clauses(self) -> bool:
        return bool(self.clauses) and carried_by(Clause.objects.visible_to(AnonymousUser()), self.tag).exists()

    @cached_property
    def has_open_questions(self) -> bool:
        return bool(self.questions) and bool(questions.rows_of_tag(AnonymousUser(), self.tag, 1))


def carried_by(clauses, tag: Tag):
    return clauses.published().filter(tagged_items__tag=tag)


def tags_shown_to(viewer):
    """A word that nothing in sight carries is absent: those of private contents are nobody else's."""
    carriers = (
        Clause.objects.visible_to(viewer).published(),
        Question.objects.visible_to(viewer),
        ExperienceReport.objects.visible_to(viewer).published(),
    )
    used = Q()
    for seen in carriers:
        items = seen.model._meta.get_field("tagged_items").related_model._base_manager
        # From the few rows of the word to what they file: SQLite would go through all that is seen, for each word.
        carried = items.filter(Exists(seen.filter(pk=OuterRef("content_object"))), tag=OuterRef("pk"))
        used |= Q(Exists(carried))
    return Tag.objects.shown().filter(used)


_shown_tags = PreparedSight(lambda viewer, *, ids: tags_shown_to(viewer).filter(pk__in=ids))


def shown_tags(viewer, pks: list[int]) -> list[Tag]:
    """Those that the viewer may know of, in the order given."""
    found = {tag.pk: tag for tag in _shown_tags.rows(viewer, ids=pks)}
    return [found[pk] for pk in pks if pk in found]


def tag_page_or_404(viewer, slug: str) -> TagPage:
    """The word of this very address, else one spelled alike: « R&D » may have the slug that « rd » is written with."""
    spelled = Tag.objects.filter(Q(slug=slug) | Q(folded=fold(slug))).order_by("-pk")
    rows = sorted(spelled.values_list("pk", "stands_for", "slug"), key=lambda row: row[2] != slug)
    tag = next(iter(shown_tags(viewer, [stands_for or pk for pk, stands_for, _slug in rows])), None)
    if tag is None:
        raise Http404
    carried = carried_by(Clause.objects.visible_to(viewer), tag)
    return TagPage(
        tag=tag,
        clauses=clause_rows(carried.most_used(), SHOWN_CLAUSES),
        questions=questions.rows_of_tag(viewer, tag, SHOWN_QUESTIONS),
        reports=reports_tagged(viewer, tag, SHOWN_REPORTS),
    )


def all_families(viewer) -> list[dict]:
    """The top families, each with those below it and how many clauses the reader finds there."""
    sight = Sight(viewer, "reprises")
    rows = list(PurchaseFamily.objects.order_by("position", "pk"))
    counts = clause_counts(sight, rows, advised_in(sight))
    return [
        {
            "family": top,
            "clauses": counts[top.pk],
            "below": [{"family": each, "clauses": counts[each.pk]} for each in rows if each.parent_id == top.pk],
        }
        for top in rows
        if top.parent_id is None
    ]
