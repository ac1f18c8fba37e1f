from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.core.events import AnswerPosted, emit
from community.core.ratelimits import spend
from community.core.richtext import remove_full_quote
from qa import limits, permissions
from qa.models import Answer, Naming, Question

from .texts import Written, is_resend, record_text, refuse_same_text, sent_before, settle_naming, write_typed_body
from .thread import change_question, lock_question, require_open, require_still


@transaction.atomic
def post_answer(
    *, question: Question, actor, body: str, naming: str = Naming.NAME, client_token: UUID | None = None
) -> Answer:
    """Adds an answer at the end of an open thread. The same `client_token` gives back the answer it made before.

    Costs the same whatever the number of answers and of followers: those are told by a task.
    """
    permissions.require(permissions.can_take_part(actor, question))
    read, question = question, lock_question(question.pk)
    before = sent_before(Answer.objects.filter(question=question), actor=actor, client_token=client_token)
    answer = Answer(
        question=question,
        author=actor,
        naming=settle_naming(naming, actor=actor, space=question.space),
        position=question.post_count + 1,
        created_at=timezone.now(),
        client_token=client_token,
    )
    written = write_answer(answer, body, actor=actor)
    if is_resend(before, answer, "body"):
        return before
    require_open(question)
    require_still(permissions.can_answer, actor, read, question)
    refuse_same_text(Answer.objects.all(), actor=actor, body=answer.body)
    spend(limits.ANSWER_PACE, actor=actor)
    spend(limits.ANSWER, actor=actor)
    answer.save(force_insert=True)
    change_question(
        question,
        post_count=F("post_count") + 1,
        answer_count=F("answer_count") + 1,
        last_activity_at=answer.created_at,
    )
    record_text(answer, written, actor=actor)
    emit(
        AnswerPosted(answer_id=answer.pk, question_id=question.pk, by_id=actor.pk, mentioned_ids=written.mentioned_ids)
    )
    return answer


def write_answer(answer: Answer, body: str, *, actor) -> Written:
    return write_typed_body(answer, without_full_quote(body, answer.question), actor=actor)


def without_full_quote(body: str, question: Question) -> str:
    """Readers have just read the last post: quoting it whole adds nothing."""
    if not body.lstrip().startswith(">"):
        return body
    last = Answer.objects.filter(question=question, position=question.post_count).values_list("body", flat=True).first()
    return remove_full_quote(body, question.body if last is None else last)
