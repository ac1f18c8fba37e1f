from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from community.core.errors import Invalid, Refused
from community.core.events import AnswerEndorsed, AnswerEndorsementWithdrawn, emit
from qa import permissions
from qa.models import Answer, Endorsement, Verdict

from .texts import one_line, require_length
from .thread import change_post, lock_answer, one_less, require_published

MAX_NOTE = 300


@transaction.atomic
def endorse_answer(*, answer: Answer, actor, verdict: str = Verdict.FAVOURABLE, note: str = "") -> Endorsement:
    """An expert's opinion, one a person, replaced when she gives another; a reserved one says why."""
    permissions.require(permissions.can_endorse(actor, answer))
    if verdict not in Verdict.values:
        raise Invalid(_("Choisissez un avis parmi ceux qui sont proposés."), field="verdict")
    note = one_line(note)
    require_length(note, MAX_NOTE, field="note")
    if verdict == Verdict.RESERVED and not note:
        raise Invalid(_("Dites en une phrase ce qui appelle une réserve."), field="note")
    answer = lock_answer(answer)
    require_published(answer)
    endorsement, created = Endorsement.objects.update_or_create(
        answer=answer, expert=actor, defaults={"verdict": verdict, "note": note}
    )
    change_post(answer, endorsement_count=F("endorsement_count") + int(created))
    emit(AnswerEndorsed(answer_id=answer.pk, question_id=answer.question_id, by_id=actor.pk))
    return endorsement


@transaction.atomic
def withdraw_endorsement(*, answer: Answer, actor) -> None:
    """One takes back one's own opinion, even when the expertise has ended since."""
    permissions.require(permissions.can_view_answer(actor, answer))
    answer = lock_answer(answer)
    if not Endorsement.objects.filter(answer=answer, expert=actor).delete()[0]:
        raise Refused(_("Vous n’avez pas donné d’avis sur cette réponse."))
    change_post(answer, endorsement_count=one_less("endorsement_count"))
    emit(AnswerEndorsementWithdrawn(answer_id=answer.pk, question_id=answer.question_id, by_id=actor.pk))
