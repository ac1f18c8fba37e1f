"""One thread as one reader sees it: the same few queries whatever its length."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber
from django.db.models.lookups import IsNull
from django.http import Http404

from community.core.keyset import Keyset, Page
from community.core.prepared import Prepared
from community.core.sight import PreparedSight
from community.members.models import Expertise, Member
from community.notifications.models import Notification, Subscription
from community.reading.models import Bookmark, Draft, ReadMark
from community.spaces.models import Membership

from ..models import Answer, AnswerDoubt, Comment, Endorsement, Question, SameNeed, Vote
from .reader import number_of
from .rights import ThreadRights

PAGE_SIZE = 20
FIRST_COMMENTS = 5
COMMENTS_SIZE = 50
MAX_NOTES = 200

OLDEST = Keyset(("position",))
LATEST = Keyset(("-position",))
MOST_USEFUL = Keyset(("-standing", "-useful_count", "position"))
AS_WRITTEN = Keyset(("created_at", "pk"), moments=frozenset({"created_at"}))


@dataclass(frozen=True, slots=True)
class CommentPlace:
    """What a deleted comment leaves, so that its address still leads there: neither text, nor author, nor date.

    `became` is the answer it was split into, when the reader may see that answer.
    """

    pk: int
    became: int | None = None


@dataclass
class Thread:
    question: Question
    rights: ThreadRights
    answers: Page
    comments: dict[int | None, list[Comment | CommentPlace]]
    endorsements: dict[int, list[Endorsement]] = field(default_factory=dict)
    doubts: dict[int, list[AnswerDoubt]] = field(default_factory=dict)
    accepted_elsewhere: bool = False

    @property
    def is_whole(self) -> bool:
        return not self.answers.previous and not self.answers.next


def thread_or_404(viewer, pk: int) -> Question:
    """The question with all that its page says of its reader, in one query."""
    found = _thread.rows(viewer, pk=pk)
    if not found:
        raise Http404
    question = found[0]
    if not viewer.is_authenticated:
        question.viewer_role = None
        question.viewer_is_expert = False
        question.has_my_vote = question.is_my_need = question.is_bookmarked = question.has_news = False
        question.my_level = question.read_position = question.read_at = None
    return question


def _thread_of(viewer, pk: int):
    questions = Question.objects.visible_to(viewer).select_related("space", "family", "theme", "territory")
    if viewer.is_authenticated:
        questions = questions.annotate(**_reader_state(viewer))
    return questions.filter(pk=pk)


_thread = PreparedSight(_thread_of)


def _reader_state(viewer) -> dict:
    about = {"kind": "question", "object_id": OuterRef("pk"), "member": viewer}
    mark = ReadMark.objects.filter(**about)
    expert = Expertise.objects.current().filter(
        Q(family=None) | Q(family=OuterRef("family")) | Q(family=OuterRef("family__parent")), member=viewer
    )
    unseen = Notification.objects.filter(
        member=viewer, seen_at=None, subject_kind="question", subject_id=OuterRef("pk")
    )
    role = Membership.objects.filter(member=viewer, space=OuterRef("space"))
    # Those whom an answer of hers would tell.
    others = Subscription.objects.filter(kind="question", object_id=OuterRef("pk")).exclude(member=viewer)
    watched = others.listening(essential=False)
    watchers = watched.order_by().values("object_id").annotate(total=Count("pk")).values("total")
    own = Answer.objects.filter(question=OuterRef("pk"), author=viewer).order_by("-position")
    # As `forms.answer.draft_key_of` names it.
    drafts = Draft.objects.filter(
        member=viewer, key=Concat(Value("answer:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    )
    return {
        "viewer_role": Subquery(role.values("role")[:1]),
        "viewer_is_expert": Exists(expert),
        "has_my_vote": Exists(Vote.objects.filter(member=viewer, question=OuterRef("pk"))),
        "is_my_need": Exists(SameNeed.objects.filter(member=viewer, question=OuterRef("pk"))),
        "is_bookmarked": Exists(Bookmark.objects.filter(**about)),
        "has_news": Exists(unseen),
        "my_level": Subquery(Subscription.objects.filter(**about).values("level")[:1]),
        "read_position": Subquery(mark.values("position")[:1]),
        "read_at": Subquery(mark.values("read_at")[:1]),
        "watchers": Coalesce(Subquery(watchers, output_field=IntegerField()), Value(0)),
        "has_draft": Exists(drafts),
        "my_naming": Subquery(own.values("naming")[:1]),
    }


@dataclass(frozen=True, slots=True)
class _Reader:
    """The part of `ThreadRights` that a prepared query depends on."""

    in_charge: bool
    signed_in: bool
    viewer: Any


def answers_shown(question: Question, rights: ThreadRights | _Reader):
    """What the page of a thread shows, whose question the viewer may see.

    A deleted answer keeps its place, as a line without text or author; a hidden one is for its author and those who
    moderate.
    """
    answers = Answer.objects.filter(question=question)
    if rights.signed_in:
        answers = answers.annotate(has_my_vote=Exists(Vote.objects.filter(member=rights.viewer, answer=OuterRef("pk"))))
    if rights.in_charge:
        return answers
    readable = Q(hidden_at=None)
    if rights.signed_in:
        readable |= Q(author=rights.viewer)
    return answers.filter(readable)


def _standing(accepted: int):
    """The accepted answer comes first, what was deleted last."""
    return Case(
        When(pk=accepted, then=Value(1)),
        When(deleted_at__isnull=False, then=Value(-1)),
        default=Value(0),
        output_field=IntegerField(),
    )


def _first_answers(order: Keyset, in_charge: bool, signed_in: bool, *, question: int, accepted: int, viewer: int = 0):
    """The first page: what most visits ask."""
    rights = _Reader(in_charge, signed_in, Member(pk=viewer))
    answers = answers_shown(Question(pk=question), rights).annotate(standing=_standing(accepted))
    return answers.order_by(*order.order)[: PAGE_SIZE + 1]


_first_page = Prepared(_first_answers)


def read_thread(question: Question, rights: ThreadRights, *, order: Keyset, after: str, before: str) -> Thread:
    accepted = question.accepted_answer_id or 0
    if order.decode(after) or order.decode(before):
        answers = answers_shown(question, rights).annotate(standing=_standing(accepted))
        page = order.page(answers, after=after, before=before, size=PAGE_SIZE)
    else:
        numbers = {"question": question.pk, "accepted": accepted} | number_of(rights.viewer)
        found = _first_page.rows(order, rights.in_charge, rights.signed_in, ids=None, **numbers)
        page = order.first_page(found, PAGE_SIZE)
    thread = Thread(question=question, rights=rights, answers=page, comments={})
    for answer in page.rows:
        answer.question = question
        if not rights.signed_in:
            answer.has_my_vote = False
    _read_notes(thread)
    thread.accepted_elsewhere = _is_accepted_elsewhere(thread)
    return thread


def _is_accepted_elsewhere(thread: Thread) -> bool:
    """Whether another page shows the reader the accepted answer; asked only where this one does not."""
    accepted = thread.question.accepted_answer_id
    if not accepted or any(answer.pk == accepted for answer in thread.answers.rows):
        return False
    return answers_shown(thread.question, thread.rights).published().filter(pk=accepted).exists()


def _read_notes(thread: Thread) -> None:
    legible = [answer for answer in thread.answers.rows if answer.deleted_at is None]
    thread.comments = first_comments(thread.question, thread.rights, [answer.pk for answer in legible])
    endorsed = [answer.pk for answer in legible if answer.endorsement_count]
    if endorsed:
        for endorsement in Endorsement.objects.filter(answer__in=endorsed)[:MAX_NOTES]:
            thread.endorsements.setdefault(endorsement.answer_id, []).append(endorsement)
    doubted = [answer.pk for answer in legible if answer.doubt_count]
    if doubted:
        for doubt in AnswerDoubt.objects.filter(answer__in=doubted, settled_at=None)[:MAX_NOTES]:
            thread.doubts.setdefault(doubt.answer_id, []).append(doubt)


def comments_shown(question: Question, rights: ThreadRights | _Reader):
    """The comments of a thread that the viewer may see, the places of the deleted ones among them: the shape that a
    page needs of `CommentQuerySet.placed_for`. Read them through `placed`.
    """
    comments = Comment.objects.filter(question=question)
    if rights.in_charge:
        return comments.annotate(became=F("became_answer_id"))
    readable, legible = Q(hidden_at=None), Q(became_answer__hidden_at=None)
    if rights.signed_in:
        readable |= Q(author=rights.viewer)
        legible |= Q(became_answer__author=rights.viewer)
    became = Case(When(legible, became_answer__deleted_at=None, then=F("became_answer_id")))
    return comments.filter(readable).annotate(became=became)


def placed(comments: list[Comment], question: Question) -> list[Comment | CommentPlace]:
    """What the page gets of rows of `comments_shown`: nothing that was deleted goes further than here."""
    found: list[Comment | CommentPlace] = []
    for comment in comments:
        comment.question = question
        found.append(comment if comment.deleted_at is None else CommentPlace(comment.pk, comment.became))
    return found


def legible_of(comments: list[Comment | CommentPlace]) -> list[Comment]:
    return [each for each in comments if isinstance(each, Comment)]


def _comments_of_page(in_charge: bool, signed_in: bool, *, question: int, ids: list[int], viewer: int = 0):
    # Places are numbered apart: they push no comment out of the page, and are no more numerous.
    apart = (F("answer_id"), IsNull(F("deleted_at"), True))
    place = Window(RowNumber(), partition_by=apart, order_by=("created_at", "pk"))
    comments = comments_shown(Question(pk=question), _Reader(in_charge, signed_in, Member(pk=viewer)))
    comments = comments.filter(Q(answer=None) | Q(answer__in=ids)).annotate(place=place)
    return comments.filter(place__lte=FIRST_COMMENTS).order_by("created_at", "pk")


_first_comments = Prepared(_comments_of_page)


def first_comments(
    question: Question, rights: ThreadRights, answer_ids: list[int]
) -> dict[int | None, list[Comment | CommentPlace]]:
    """The first comments under the question (key None) and under each of these answers, in one query."""
    # Whoever is in charge reads them all, whoever they are.
    own = {} if rights.in_charge else number_of(rights.viewer)
    comments = _first_comments.rows(
        rights.in_charge, rights.signed_in, ids=answer_ids or [0], question=question.pk, **own
    )
    found: dict[int | None, list[Comment | CommentPlace]] = {}
    for comment, shown in zip(comments, placed(comments, question), strict=True):
        found.setdefault(comment.answer_id, []).append(shown)
    return found


def comments_of(question: Question, rights: ThreadRights, answer: Answer | None, *, after: str, before: str) -> Page:
    """All the comments of one post, in pages. Their cursors are numbers of comments: the date that the order needs
    would be told of a deleted one too.
    """
    comments = comments_shown(question, rights).filter(answer=answer)
    after, before = (_cursor_at(comments, pk) for pk in (after, before))
    page = AS_WRITTEN.page(comments, after=after, before=before, size=COMMENTS_SIZE)
    return Page(
        rows=placed(page.rows, question),
        previous=str(page.rows[0].pk) if page.previous else "",
        next=str(page.rows[-1].pk) if page.next else "",
    )


def _cursor_at(comments, pk: str) -> str:
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return ""
    found = comments.filter(pk=int(pk)).first()
    return AS_WRITTEN.encode(found) if found else ""


def first_unread_position(question: Question, rights: ThreadRights) -> int | None:
    """The position of the first answer that the reader has not read; None when she read them all."""
    unread = answers_shown(question, rights).filter(position__gt=question.read_position or 1)
    return unread.order_by("position").values_list("position", flat=True).first()
