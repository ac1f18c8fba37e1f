from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.core import audit, contents
from community.core.errors import Invalid, Refused
from community.core.events import ContentFlagged, emit
from community.core.ratelimits import Limit, spend

from .models import Decision, Flag, FlagReason, Outcome
from .permissions import require_can_review

FLAGS = Limit("flag", times=20, seconds=86_400, newcomer=5)
MAX_DETAIL = 500


@transaction.atomic
def flag_content(*, actor, kind: str, pk: int, reason: str, detail: str = "") -> Flag:
    """The actor points at a content that she may see (the caller obtained it through her eyes).

    Raises Invalid for an unknown reason or a text too long, Refused when she already has an open flag on it.
    """
    if reason not in FlagReason.values:
        raise Invalid(_("Choisissez un motif parmi ceux qui sont proposés."), field="reason")
    if len(detail) > MAX_DETAIL:
        raise Invalid(_("La précision est limitée à 500 caractères : raccourcissez-la."), field="detail")
    spend(FLAGS, actor=actor)
    content = contents.get(kind)
    obj = content.visible_to(actor).get(pk=pk)
    try:
        with transaction.atomic():
            flag = Flag.objects.create(
                member=actor,
                kind=kind,
                object_id=pk,
                space_id=content.space_id(obj),
                reason=reason,
                detail=detail.strip(),
            )
    except IntegrityError:
        raise Refused(_("Vous avez déjà signalé ce contenu : l’équipe va l’examiner.")) from None
    emit(ContentFlagged(flag_id=flag.pk))
    return flag


@transaction.atomic
def decide_flags(*, actor, kind: str, pk: int, outcome: str, reason: str) -> Decision:
    """Settles every open flag of one content: kept, or hidden through its own room's action."""
    flags = Flag.objects.open().reviewable_by(actor).filter(kind=kind, object_id=pk).select_for_update()
    rows = list(flags)
    require_can_review(rows)
    if outcome not in Outcome.values:
        raise Invalid(_("Choisissez de maintenir ou de masquer le contenu."))
    if outcome == Outcome.HIDDEN and not reason.strip():
        raise Invalid(_("Écrivez le motif : il sera montré à la personne qui a écrit ce contenu."), field="reason")
    decision = Decision.objects.create(
        kind=kind, object_id=pk, space_id=rows[0].space_id, outcome=outcome, reason=reason.strip(), decided_by=actor
    )
    Flag.objects.filter(pk__in=[row.pk for row in rows]).update(decision=decision)
    if outcome == Outcome.HIDDEN:
        hide_content(actor=actor, kind=kind, pk=pk, reason=reason.strip())
    audit.record(
        f"moderation_{outcome}", actor=actor, kind=kind, object_id=pk, space_id=rows[0].space_id, reason=reason.strip()
    )
    return decision


def hide_content(*, actor, kind: str, pk: int, reason: str) -> None:
    content = contents.get(kind)
    obj = content.visible_to(actor).filter(pk=pk).first()
    if obj is not None and content.hide is not None:
        content.hide(obj, actor=actor, reason=reason)
