from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.errors import Refused
from community.core.events import AnswerAccepted, AnswerUnaccepted, emit
from qa import permissions
from qa.models import Answer

from .thread import change_question, lock_answer, require_published


@transaction.atomic
def accept_answer(*, answer: Answer, actor) -> Answer:
    """The asker, or a moderator, says which answer solved the question; it takes the place of the one before."""
    permissions.require(permissions.can_accept(actor, answer))
    answer = lock_answer(answer)
    require_published(answer)
    question = answer.question
    if question.accepted_answer_id == answer.pk:
        return answer
    change_question(question, accepted_answer=answer, accepted_by=actor, accepted_at=timezone.now())
    emit(AnswerAccepted(answer_id=answer.pk, question_id=question.pk, by_id=actor.pk))
    return answer


@transaction.atomic
def withdraw_acceptance(*, answer: Answer, actor) -> Answer:
    permissions.require(permissions.can_accept(actor, answer))
    answer = lock_answer(answer)
    if answer.question.accepted_answer_id != answer.pk:
        raise Refused(_("Cette réponse n’est pas celle qui est retenue. Rechargez la page."))
    unaccept(answer, by_id=actor.pk)
    return answer


def unaccept(answer: Answer, *, by_id: int) -> None:
    """Under the thread's lock, when the accepted answer is withdrawn or goes away."""
    change_question(answer.question, accepted_answer=None, accepted_by=None, accepted_at=None)
    emit(AnswerUnaccepted(answer_id=answer.pk, question_id=answer.question_id, by_id=by_id))
