"""Who reads, answers and follows a calibration; who may say that a member is a facilitator."""

from clauses.dossiers.permissions import can_edit_dossier, can_view_dossier
from community.members.models import AccountKind, Member
from community.members.permissions import covered_territories
from community.spaces.permissions import require

from .models import CalibrationRequest
from .querysets import askees_of
from .vocabularies import State

__all__ = ["require"]


def is_asked(member, request: CalibrationRequest) -> bool:
    if not member.is_authenticated:
        return False
    return askees_of(request, Member.objects.filter(pk=member.pk)).exists()


def can_view_calibration(viewer, request: CalibrationRequest) -> bool:
    # The dossier's persons read what is asked for it; the asked read this request, and nothing of the dossier.
    return can_view_dossier(viewer, request.dossier) or is_asked(viewer, request)


def can_ask_calibration(member, dossier) -> bool:
    """Writes to somebody in the name of the site: an identity that was checked, and a hand in the dossier."""
    return can_edit_dossier(member, dossier) and member.is_verified


def can_answer_calibration(member, request: CalibrationRequest) -> bool:
    """An answer may be put right until the contract is awarded."""
    if request.state not in (State.SENT, State.ANSWERED) or request.awarded_on is not None:
        return False
    # Nobody answers herself, even when she animates the network that she asks.
    return request.requester_id != member.pk and is_asked(member, request)


def can_withdraw_calibration(member, request: CalibrationRequest) -> bool:
    return request.state in (State.SENT, State.DECLINED) and can_edit_dossier(member, request.dossier)


def can_join_answer(member, request: CalibrationRequest) -> bool:
    return request.state == State.ANSWERED and can_edit_dossier(member, request.dossier)


def can_follow_hours(member, request: CalibrationRequest) -> bool:
    """Both sides tell the award and the hours."""
    if request.state != State.ANSWERED:
        return False
    return can_edit_dossier(member, request.dossier) or is_asked(member, request)


def can_confirm_facilitators(actor) -> bool:
    """The animators of networks, and the staff."""
    return actor.is_authenticated and (actor.is_staff or bool(covered_territories(actor)))


def can_confirm_facilitator(actor, member: Member) -> bool:
    """An animator of a network that covers the member's territory, or the staff; nobody confirms herself."""
    if not actor.is_authenticated or actor.pk == member.pk:
        return False
    if member.account_kind != AccountKind.FACILITATOR or member.territory is None:
        return False
    # Who she is must have been checked before what she does.
    if not member.is_verified or not member.is_active:
        return False
    if actor.is_staff:
        return True
    return not covered_territories(actor).isdisjoint({member.territory.pk, member.territory.parent_id})
