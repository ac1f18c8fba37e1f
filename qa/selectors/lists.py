"""A list of threads as its address asks for it: views, filters, order, page."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from community.core import ports
from community.core.keyset import Keyset, Page
from community.members.models import Territory
from community.spaces.models import Space
from community.taxonomy.models import Tag

from ..models import Answer, Question, Stage, ThreadKind
from .rows import ROW_DEFERRED, ROW_RELATED

PAGE_SIZE = 20
MAX_PINNED = 5
NEW_DAYS = 14
MAX_QUERY = 200

TABS = ("toutes", "nouveautes", "non-lus", "sans-reponse", "a-resoudre", "resolues", "a-verifier", "suivies", "miennes")
MEMBER_TABS = {"nouveautes", "non-lus", "suivies", "miennes"}
STAGES = {
    "besoin": Stage.NEED,
    "sourcing": Stage.SOURCING,
    "redaction": Stage.DRAFTING,
    "consultation": Stage.CONSULTATION,
    "analyse": Stage.ANALYSIS,
    "execution": Stage.EXECUTION,
    "bilan": Stage.REVIEW,
}
KINDS = {"question": ThreadKind.QUESTION, "discussion": ThreadKind.DISCUSSION, "annonce": ThreadKind.ANNOUNCEMENT}

MOMENTS = frozenset({"last_activity_at", "created_at"})
ORDERS = {
    "activite": Keyset(("-last_activity_at", "-pk"), moments=MOMENTS),
    "date": Keyset(("-created_at", "-pk"), moments=MOMENTS),
    "besoin": Keyset(("-same_need_count", "-pk")),
    "utiles": Keyset(("-useful_count", "-pk")),
}


@dataclass
class Filters:
    """What an address asks, understood: an unknown word is as if it were not there."""

    tab: str = "toutes"
    order: str = "activite"
    text: str = ""
    families: list[int] = field(default_factory=list)
    themes: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)
    tag: Tag | None = None
    territory: Territory | None = None
    space: Space | None = None
    open_community: bool = False
    mine: bool = False
    waiting_for_me: bool = False
    impossible: bool = False

    @property
    def is_narrowed(self) -> bool:
        return any(
            (
                self.text,
                self.families,
                self.themes,
                self.kinds,
                self.stages,
                self.tag,
                self.territory,
                self.space,
                self.open_community,
                self.mine,
                self.waiting_for_me,
                self.impossible,
            )
        )


def listed(viewer, filters: Filters):
    """The threads that the filters keep among those the viewer sees, in no order."""
    if filters.impossible:
        return Question.objects.none()
    questions = ports.text_search(viewer, "question", filters.text) if filters.text else None
    if questions is None:
        questions = Question.objects.visible_to(viewer)
    questions = in_tab(questions, viewer, filters.tab)
    if filters.families:
        questions = questions.filter(Q(family__in=filters.families) | Q(family__parent__in=filters.families))
    if filters.themes:
        questions = questions.filter(theme__in=filters.themes)
    if filters.kinds:
        questions = questions.filter(kind__in=[KINDS[kind] for kind in filters.kinds])
    if filters.stages:
        questions = questions.filter(stage__in=[STAGES[stage] for stage in filters.stages])
    if filters.tag:
        questions = questions.tagged(filters.tag)
    if filters.territory:
        questions = questions.in_territory(filters.territory)
    if filters.space:
        questions = questions.in_space(filters.space)
    elif filters.open_community:
        questions = questions.in_space(None)
    if viewer.is_authenticated and (filters.mine or filters.waiting_for_me):
        questions = in_fields_of(questions, viewer)
    if filters.waiting_for_me:
        questions = questions.unanswered()
    return questions


def in_tab(questions, viewer, tab: str):
    if tab == "sans-reponse":
        return questions.unanswered()
    if tab == "a-resoudre":
        return questions.unresolved()
    if tab == "resolues":
        return questions.resolved()
    if tab == "a-verifier":
        doubted = Answer.objects.filter(doubt_count__gt=0, hidden_at=None, deleted_at=None)
        return questions.filter(pk__in=doubted.values("question"))
    if not viewer.is_authenticated:
        return questions
    if tab == "nouveautes":
        return questions.new_to(viewer, since=timezone.now() - timedelta(days=NEW_DAYS))
    if tab == "non-lus":
        return questions.unread_by(viewer)
    if tab == "suivies":
        return questions.followed_by(viewer)
    if tab == "miennes":
        return questions.asked_by(viewer)
    return questions


def in_fields_of(questions, member):
    """In the families and themes that the member follows or practises."""
    theirs = Q(pk__in=[])
    for families in (member.families_followed, member.families_practised):
        theirs |= Q(family__in=families.values("pk")) | Q(family__parent__in=families.values("pk"))
    for themes in (member.themes_followed, member.themes_practised):
        theirs |= Q(theme__in=themes.values("pk"))
    return questions.filter(theirs)


def list_page(viewer, filters: Filters, *, after: str, before: str, exclude: set[int]) -> Page:
    questions = listed(viewer, filters).select_related(*ROW_RELATED).defer(*ROW_DEFERRED)
    if exclude:
        questions = questions.exclude(pk__in=exclude)
    if viewer.is_authenticated:
        questions = questions.with_read_position(viewer)
    return ORDERS[filters.order].page(questions, after=after, before=before, size=PAGE_SIZE)


def pinned_questions(viewer, filters: Filters) -> list[Question]:
    """Announcements stand above the list, in their space and its filters or in all."""
    if filters.tab != "toutes" or filters.text:
        return []
    pinned = listed(viewer, filters).pinned().of_kind(ThreadKind.ANNOUNCEMENT)
    return list(pinned.select_related(*ROW_RELATED).defer(*ROW_DEFERRED).order_by("pinned_until", "pk")[:MAX_PINNED])


def spaces_to_filter(viewer) -> list[Space]:
    """The member's own spaces; a visitor filters by the open ones."""
    if viewer.is_authenticated:
        return list(Space.objects.visible_to(viewer).joined_by(viewer).active().order_by("name")[:12])
    return list(Space.objects.visible_to(viewer).active().order_by("name")[:12])
