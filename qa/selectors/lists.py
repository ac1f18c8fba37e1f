"""A list of threads as its address asks for it: views, filters, order, page."""

from collections.abc import Sized
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from community.core import ports
from community.core.keyset import Keyset, Page
from community.core.prepared import Prepared
from community.core.sight import PreparedSight
from community.members.models import Territory
from community.spaces.models import Space
from community.taxonomy.models import Tag

from ..models import AnswerDoubt, Question, Stage, ThreadKind
from .reader import is_on_the_clock, number_of, reader_of, shape_of
from .rows import with_row

PAGE_SIZE = 20
MAX_PINNED = 5
NEW_DAYS = 14
MAX_SPACES = 12
MAX_QUERY = 200
# Gathering the n threads of a tag and sorting them costs as n; meeting a page of them among N, in the order of the
# list, as N / n. On SQLite, both cost the same when n² is about this many times N.
COMMON_TAG = 4
COMMON_KEPT_SECONDS = 300

# A view, a kind and a stage: of these there are few, and each combination has its query.
Words = tuple[str, tuple[str, ...], tuple[str, ...], bool, date | None]

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
    # Whether one of them has others below it.
    families_below: bool = True
    themes: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)
    tag: Tag | None = None
    # Whether it is the tag of many threads: SQLite, which knows no frequencies, is told.
    is_common_tag: bool = False
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
    if filters.families and filters.families_below:
        questions = questions.filter(Q(family__in=filters.families) | Q(family__parent__in=filters.families))
    elif filters.families:
        # Alone, its threads are read in the order of their index, however few they are.
        questions = questions.filter(family__in=filters.families)
    if filters.themes:
        questions = questions.filter(theme__in=filters.themes)
    if filters.kinds:
        questions = questions.filter(kind__in=[KINDS[kind] for kind in filters.kinds])
    if filters.stages:
        questions = questions.filter(stage__in=[STAGES[stage] for stage in filters.stages])
    if filters.tag:
        questions = questions.tagged(filters.tag, is_common=filters.is_common_tag)
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
        doubts = AnswerDoubt.objects.filter(settled_at=None, answer__hidden_at=None, answer__deleted_at=None)
        return questions.filter(pk__in=doubts.values("answer__question"))
    if not viewer.is_authenticated:
        return questions
    if tab == "nouveautes":
        return questions.new_to(viewer, since=new_since())
    if tab == "non-lus":
        return questions.unread_by(viewer)
    if tab == "suivies":
        return questions.followed_by(viewer)
    if tab == "miennes":
        return questions.asked_by(viewer)
    return questions


def new_since() -> datetime:
    """From the beginning of a day, so that the query is the same all day long."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=NEW_DAYS)


def in_fields_of(questions, member):
    """In the families and themes that the member follows or practises."""
    theirs = Q(pk__in=[])
    for families in (member.families_followed, member.families_practised):
        theirs |= Q(family__in=families.values("pk")) | Q(family__parent__in=families.values("pk"))
    for themes in (member.themes_followed, member.themes_practised):
        theirs |= Q(theme__in=themes.values("pk"))
    return questions.filter(theirs)


def _plain_list(order: str, words: Words, pinned: bool, signed_in: bool, is_verified: bool, **numbers: int):
    """What most visits ask: the first page of what the reader sees, in one view, one family or one place."""
    reader = reader_of(signed_in, is_verified, numbers.get("viewer"))
    questions = with_row(listed(reader, _filters_like(words, numbers)))
    if signed_in:
        questions = questions.with_read_position(reader)
    # The announcements pinned above the list are taken out of it.
    return questions.order_by(*ORDERS[order].order)[: PAGE_SIZE + 1 + (MAX_PINNED if pinned else 0)]


def _plain_pinned(words: Words, signed_in: bool, is_verified: bool, **numbers: int):
    reader = reader_of(signed_in, is_verified, numbers.get("viewer"))
    # The end is compared when they are read: a prepared query does not depend on the clock.
    return _announced(listed(reader, _filters_like(words, numbers))).filter(pinned_until__isnull=False)[:MAX_PINNED]


def _announced(questions):
    """The announcements among them: the few of their index, each then looked for in the list, which SQLite would
    else read whole to find none.
    """
    announcements = Question.objects.of_kind(ThreadKind.ANNOUNCEMENT)
    announcements = announcements.filter(Exists(questions.filter(pk=OuterRef("pk"))))
    return with_row(announcements).order_by("-pinned_until", "pk")


def _filters_like(words: Words, numbers: dict[str, int]) -> Filters:
    """The filters that `words_of` and `numbers_of` took apart."""
    tab, kinds, stages, is_common_tag, _today = words
    return Filters(
        tab=tab,
        kinds=list(kinds),
        stages=list(stages),
        families=[numbers[name] for name in ("family", "leaf") if name in numbers],
        families_below="family" in numbers,
        themes=[numbers["theme"]] if "theme" in numbers else [],
        tag=Tag(pk=numbers["tag"]) if "tag" in numbers else None,
        is_common_tag=is_common_tag,
        territory=Territory(pk=numbers["territory"]) if "territory" in numbers else None,
        space=Space(pk=numbers["space"]) if "space" in numbers else None,
    )


def words_of(filters: Filters) -> Words:
    """What of the filters changes the words of the query, and the day where it is one of them."""
    today = timezone.localdate() if filters.tab == "nouveautes" else None
    return filters.tab, tuple(filters.kinds), tuple(filters.stages), filters.is_common_tag, today


def numbers_of(viewer, filters: Filters) -> dict[str, int] | None:
    """What varies in a list whose query is prepared; None for the others."""
    if is_on_the_clock(viewer):
        return None
    chosen = {"family" if filters.families_below else "leaf": filters.families, "theme": filters.themes}
    several: tuple[Sized, ...] = (*chosen.values(), filters.kinds, filters.stages)
    simple = Filters(
        tab=filters.tab,
        order=filters.order,
        families=filters.families,
        families_below=filters.families_below,
        themes=filters.themes,
        kinds=filters.kinds,
        stages=filters.stages,
        tag=filters.tag,
        is_common_tag=filters.is_common_tag,
        territory=filters.territory,
        space=filters.space,
    )
    if filters != simple or any(len(each) > 1 for each in several):
        return None
    numbers = number_of(viewer) | {name: pks[0] for name, pks in chosen.items() if pks}
    places = {"tag": filters.tag, "territory": filters.territory, "space": filters.space}
    return numbers | {name: each.pk for name, each in places.items() if each}


_first_page = Prepared(_plain_list)
_pinned = Prepared(_plain_pinned)


def is_common(tag: Tag) -> bool:
    """How the threads of the tag are to be found; what they are is not changed by it, so an old answer does no harm."""
    key = f"qa:common-tag:{tag.pk}"
    known = cache.get(key)
    if known is None:
        known = tag.question_items.count() ** 2 > COMMON_TAG * Question.objects.count()
        cache.set(key, known, COMMON_KEPT_SECONDS)
    return known


def is_plain(viewer, filters: Filters, after: str, before: str) -> bool:
    """Whether it is the first page of everything that the reader sees."""
    return filters.tab == "toutes" and not filters.is_narrowed and not after and not before


def list_page(viewer, filters: Filters, *, after: str, before: str, exclude: set[int]) -> Page:
    order = ORDERS[filters.order]
    numbers = numbers_of(viewer, filters) if not after and not before else None
    if numbers is not None:
        key = (filters.order, words_of(filters), bool(exclude))
        found = _first_page.rows(*key, *shape_of(viewer), ids=None, **numbers)
        return order.first_page([each for each in found if each.pk not in exclude][: PAGE_SIZE + 1], PAGE_SIZE)
    questions = with_row(listed(viewer, filters))
    if exclude:
        questions = questions.exclude(pk__in=exclude)
    if viewer.is_authenticated:
        questions = questions.with_read_position(viewer)
    return order.page(questions, after=after, before=before, size=PAGE_SIZE)


def pinned_questions(viewer, filters: Filters) -> list[Question]:
    """Announcements stand above the list, in their space and its filters or in all."""
    if filters.tab != "toutes" or filters.text:
        return []
    if (numbers := numbers_of(viewer, filters)) is not None:
        found = _pinned.rows(words_of(filters), *shape_of(viewer), ids=None, **numbers)
        return [question for question in reversed(found) if question.pinned_until > timezone.now()]
    return list(_announced(listed(viewer, filters)).pinned()[:MAX_PINNED])[::-1]


def _spaces_of(viewer):
    """A member filters by her own spaces."""
    spaces = Space.objects.visible_to(viewer)
    return (spaces.joined_by(viewer) if viewer.is_authenticated else spaces).active().order_by("name")[:MAX_SPACES]


_spaces = PreparedSight(_spaces_of)


def spaces_to_filter(viewer) -> list[Space]:
    return _spaces.rows(viewer)
