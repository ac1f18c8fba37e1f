from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from community.core.errors import Refused
from community.core.events import SameNeedDeclared, SameNeedWithdrawn, emit
from community.core.ratelimits import spend
from qa import limits, permissions
from qa.models import Question, SameNeed, ThreadKind

from .thread import change_question, lock_question, one_less


@transaction.atomic
def declare_same_need(*, question: Question, actor) -> bool:
    """« J’ai le même besoin », of another's question; False when it was said before."""
    permissions.require(permissions.can_vote(actor, question))
    question = lock_question(question.pk)
    permissions.require(permissions.can_vote(actor, question))
    if question.kind != ThreadKind.QUESTION:
        raise Refused(_("Seule une question porte un besoin à partager."))
    if SameNeed.objects.filter(member=actor, question=question).exists():
        return False
    spend(limits.VOTE, actor=actor)
    SameNeed.objects.create(member=actor, question=question)
    change_question(question, same_need_count=F("same_need_count") + 1)
    emit(SameNeedDeclared(question_id=question.pk, by_id=actor.pk))
    return True


@transaction.atomic
def withdraw_same_need(*, question: Question, actor) -> bool:
    permissions.require(permissions.can_vote(actor, question))
    question = lock_question(question.pk)
    if not SameNeed.objects.filter(member=actor, question=question).delete()[0]:
        return False
    change_question(question, same_need_count=one_less("same_need_count"))
    emit(SameNeedWithdrawn(question_id=question.pk, by_id=actor.pk))
    return True
