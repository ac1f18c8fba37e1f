from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.errors import Refused
from community.core.events import AnswerDoubted, AnswerDoubtSettled, emit
from community.core.ratelimits import spend
from qa import limits, permissions
from qa.models import Answer, AnswerDoubt

from .texts import require_reason
from .thread import change_post, lock_answer, one_less, require_published

MAX_REASON = 300


@transaction.atomic
def doubt_answer(*, answer: Answer, actor, reason: str) -> AnswerDoubt:
    """« Réponse à vérifier », with the reason; one open doubt a member and an answer."""
    permissions.require(permissions.can_doubt(actor, answer))
    reason = require_reason(reason, most=MAX_REASON)
    answer = lock_answer(answer)
    require_published(answer)
    if AnswerDoubt.objects.filter(answer=answer, member=actor, settled_at=None).exists():
        raise Refused(_("Vous avez déjà signalé cette réponse à vérifier."))
    spend(limits.DOUBT, actor=actor)
    doubt = AnswerDoubt.objects.create(answer=answer, member=actor, reason=reason)
    change_post(answer, doubt_count=F("doubt_count") + 1)
    emit(AnswerDoubted(answer_id=answer.pk, question_id=answer.question_id, by_id=actor.pk))
    return doubt


@transaction.atomic
def settle_doubt(*, doubt: AnswerDoubt, actor) -> AnswerDoubt:
    """The answer was checked, or mended: the doubt is lifted by who said it, a moderator or an expert."""
    permissions.require(permissions.can_settle_doubt(actor, doubt))
    answer = lock_answer(doubt.answer)
    settled = AnswerDoubt.objects.filter(pk=doubt.pk, settled_at=None)
    if not settled.update(settled_at=timezone.now(), settled_by=actor):
        raise Refused(_("Ce doute est déjà levé. Rechargez la page."))
    change_post(answer, doubt_count=one_less("doubt_count"))
    emit(AnswerDoubtSettled(answer_id=answer.pk, question_id=answer.question_id, by_id=actor.pk))
    doubt.refresh_from_db()
    return doubt
