"""What follows from a change in a thread: who follows it from then on, and one task that tells those concerned.

The handlers name the target and the audience; rights are checked when the task runs.
"""

from community.core.events import (
    AnswerAccepted,
    AnswerDoubted,
    AnswerEdited,
    AnswerEndorsed,
    AnswerPosted,
    AnswerStateChanged,
    CommentEdited,
    CommentPosted,
    CommentPromoted,
    CommentStateChanged,
    ExchangeMessageSent,
    ExperienceStateChanged,
    QuestionAsked,
    QuestionEdited,
    QuestionMoved,
    QuestionPublished,
    QuestionStateChanged,
    SameNeedDeclared,
    handles,
)
from community.members.models import Member
from community.notifications.actions import follow_implicitly
from community.notifications.tasks import fan_out

from .models import Answer, Comment, ExchangeMessage, PrivateExchange, Question, QuestionTag, ThreadKind, ThreadState
from .permissions import moderators_in

CLOSING_REASONS = {
    "closed": "question_closed",
    "reopened": "question_reopened",
    "not_duplicate": "question_reopened",
    "duplicate": "question_duplicate",
}
HIDING_REASONS = {"hidden": "content_hidden", "restored": "content_restored"}


def tell(reason: str, *, thread: int, target: tuple[str, int], actor_id: int | None, **audience) -> None:
    fan_out.enqueue(reason=reason, subject=["question", thread], target=list(target), actor_id=actor_id, **audience)


def tell_mentioned(ids: tuple[int, ...], *, thread: int, target: tuple[str, int], actor_id: int | None) -> None:
    if ids:
        tell("mentioned", thread=thread, target=target, actor_id=actor_id, member_ids=list(ids), only=True)


@handles(QuestionAsked, QuestionPublished)
def tell_of_question(event: QuestionAsked | QuestionPublished) -> None:
    """Whoever follows the place, the family, the theme or a tag; nobody while the embargo lasts."""
    question = Question.objects.select_related("family").get(pk=event.question_id)
    follow_implicitly(member_id=question.author_id, kind="question", pk=question.pk)
    if question.state == ThreadState.EMBARGOED:
        return
    target = ("question", question.pk)
    who = {"thread": question.pk, "target": target, "actor_id": question.author_id}
    reason = "announcement" if question.kind == ThreadKind.ANNOUNCEMENT else "question_asked"
    tell(reason, **who, follow=filed_under(question), except_ids=list(event.mentioned_ids))
    tell_mentioned(event.mentioned_ids, **who)


def filed_under(question: Question) -> list[list]:
    """What one may follow to hear of the question."""
    found = [("space", question.space_id), ("family", question.family_id), ("theme", question.theme_id)]
    if question.family is not None:
        found.append(("family", question.family.parent_id))
    tags = QuestionTag.objects.filter(content_object=question).values_list("tag", flat=True)
    return [[kind, pk] for kind, pk in found if pk] + [["tag", pk] for pk in tags]


@handles(AnswerPosted)
def tell_of_answer(event: AnswerPosted) -> None:
    follow_implicitly(member_id=event.by_id, kind="question", pk=event.question_id)
    who = {"thread": event.question_id, "target": ("answer", event.answer_id), "actor_id": event.by_id}
    tell("answer_posted", **who, except_ids=list(event.mentioned_ids))
    tell_mentioned(event.mentioned_ids, **who)


@handles(QuestionEdited)
def tell_newly_mentioned_in_question(event: QuestionEdited) -> None:
    state = Question.objects.values_list("state", flat=True).get(pk=event.question_id)
    if state != ThreadState.EMBARGOED:
        target = ("question", event.question_id)
        tell_mentioned(event.mentioned_ids, thread=event.question_id, target=target, actor_id=event.by_id)


@handles(AnswerEdited)
def tell_newly_mentioned_in_answer(event: AnswerEdited) -> None:
    """Those told before are not told again: a fact is told once a person."""
    target = ("answer", event.answer_id)
    tell_mentioned(event.mentioned_ids, thread=event.question_id, target=target, actor_id=event.by_id)


@handles(CommentPosted)
def tell_of_comment(event: CommentPosted) -> None:
    comment = Comment.objects.select_related("answer", "question").get(pk=event.comment_id)
    follow_implicitly(member_id=comment.author_id, kind="question", pk=event.question_id)
    above = comment.answer or comment.question
    who = {"thread": event.question_id, "target": ("comment", comment.pk), "actor_id": comment.author_id}
    tell("comment_posted", **who, member_ids=[above.author_id], except_ids=list(event.mentioned_ids))
    tell_mentioned(event.mentioned_ids, **who)


@handles(CommentEdited)
def tell_newly_mentioned_in_comment(event: CommentEdited) -> None:
    author_id = Comment.objects.values_list("author", flat=True).get(pk=event.comment_id)
    target = ("comment", event.comment_id)
    tell_mentioned(event.mentioned_ids, thread=event.question_id, target=target, actor_id=author_id)


@handles(CommentPromoted)
def tell_of_promoted_comment(event: CommentPromoted) -> None:
    author_id = Answer.objects.values_list("author", flat=True).get(pk=event.answer_id)
    tell(
        "answer_posted",
        thread=event.question_id,
        target=("answer", event.answer_id),
        actor_id=event.by_id,
        member_ids=[author_id],
    )
    # What told them of the comment went with it.
    target = ("answer", event.answer_id)
    tell_mentioned(event.mentioned_ids, thread=event.question_id, target=target, actor_id=author_id)


@handles(AnswerAccepted)
def tell_of_acceptance(event: AnswerAccepted) -> None:
    """Part of « l’essentiel »."""
    author_id = Answer.objects.values_list("author", flat=True).get(pk=event.answer_id)
    tell(
        "answer_accepted",
        thread=event.question_id,
        target=("answer", event.answer_id),
        actor_id=event.by_id,
        essential=True,
        member_ids=[author_id],
    )


@handles(AnswerEndorsed)
def tell_of_opinion(event: AnswerEndorsed) -> None:
    tell_answer_author("answer_endorsed", event)


@handles(AnswerDoubted)
def tell_of_doubt(event: AnswerDoubted) -> None:
    tell_answer_author("answer_doubted", event)


def tell_answer_author(reason: str, event: AnswerEndorsed | AnswerDoubted) -> None:
    author_id = Answer.objects.values_list("author", flat=True).get(pk=event.answer_id)
    tell(
        reason,
        thread=event.question_id,
        target=("answer", event.answer_id),
        actor_id=event.by_id,
        essential=True,
        member_ids=[author_id],
    )


@handles(SameNeedDeclared)
def follow_shared_need(event: SameNeedDeclared) -> None:
    """Who has the same need waits for the same answer."""
    follow_implicitly(member_id=event.by_id, kind="question", pk=event.question_id)


@handles(QuestionStateChanged)
def tell_of_question_state(event: QuestionStateChanged) -> None:
    target = ("question", event.question_id)
    if event.change in CLOSING_REASONS:
        tell(CLOSING_REASONS[event.change], thread=event.question_id, target=target, actor_id=event.by_id)
    elif event.change in HIDING_REASONS:
        author_id = Question.objects.values_list("author", flat=True).get(pk=event.question_id)
        tell_hidden(event, target=target, author_id=author_id)


@handles(AnswerStateChanged)
def tell_of_answer_state(event: AnswerStateChanged) -> None:
    if event.change in HIDING_REASONS:
        author_id = Answer.objects.values_list("author", flat=True).get(pk=event.answer_id)
        tell_hidden(event, target=("answer", event.answer_id), author_id=author_id)


@handles(CommentStateChanged)
def tell_of_comment_state(event: CommentStateChanged) -> None:
    if event.change in HIDING_REASONS:
        author_id = Comment.objects.values_list("author", flat=True).get(pk=event.comment_id)
        tell_hidden(event, target=("comment", event.comment_id), author_id=author_id)


def tell_hidden(event, *, target: tuple[str, int], author_id: int) -> None:
    """Its author, and nobody else."""
    tell(
        HIDING_REASONS[event.change],
        thread=event.question_id,
        target=target,
        actor_id=event.by_id,
        member_ids=[author_id],
        only=True,
    )


@handles(QuestionMoved)
def tell_of_move(event: QuestionMoved) -> None:
    """Those who still read it; the others were dropped from its followers by the move itself."""
    author_id = Question.objects.values_list("author", flat=True).get(pk=event.question_id)
    target = ("question", event.question_id)
    tell("question_moved", thread=event.question_id, target=target, actor_id=None, member_ids=[author_id])


@handles(ExchangeMessageSent)
def tell_of_exchange(event: ExchangeMessageSent) -> None:
    """The other side: the author, or those who moderate the place."""
    message = ExchangeMessage.objects.select_related(
        "exchange__space", "exchange__question__space", "exchange__answer__question__space"
    ).get(pk=event.message_id)
    exchange = message.exchange
    if message.from_moderation:
        reason, ids = "exchange", [exchange.post.author_id]
    else:
        moderators = moderators_in(exchange.space, Member.objects.persons())
        reason, ids = "exchange_answer", list(moderators.exclude(pk=message.author_id).values_list("pk", flat=True))
    fan_out.enqueue(
        reason=reason,
        subject=["exchange", exchange.pk],
        target=["exchange_message", message.pk],
        actor_id=message.author_id,
        member_ids=ids,
        only=True,
    )


@handles(ExperienceStateChanged)
def forget_exchanges(event: ExperienceStateChanged) -> None:
    """What was said about a report that its author deleted goes with it."""
    if event.change == "deleted":
        PrivateExchange.objects.filter(kind="experience_report", object_id=event.report_id).delete()
