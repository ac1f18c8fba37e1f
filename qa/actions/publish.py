from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.errors import Refused
from community.core.events import QuestionPublished, emit
from community.core.richtext import render
from qa import permissions
from qa.models import Question, ThreadState

from .texts import find_mentioned
from .thread import change_question, lock_question


@transaction.atomic
def publish_question(*, question: Question, actor) -> Question:
    """Ends the embargo: only the author does, whatever the date. The thread is dated from now, as it is read from now.

    Her right to ask in the place is checked again: she may have left it since.
    """
    permissions.require(permissions.can_view_question(actor, question) and question.author_id == actor.pk)
    question = lock_question(question.pk)
    if question.state != ThreadState.EMBARGOED:
        raise Refused(_("Cette question est déjà publiée."))
    permissions.require(permissions.can_publish(actor, question))
    if not permissions.can_ask_in(actor, question.space):
        raise Refused(_("Vous ne pouvez plus publier dans cet espace. Vous gardez le texte : posez-la ailleurs."))
    now = timezone.now()
    change_question(question, state=ThreadState.OPEN, created_at=now, last_activity_at=now, publish_after=None)
    mentioned = find_mentioned(render(question.body).mentions, question=question, actor=actor)
    emit(QuestionPublished(question_id=question.pk, mentioned_ids=tuple(member.pk for member in mentioned)))
    return question
