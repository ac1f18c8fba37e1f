"""An animator says that a member facilitates social clauses in her territory, or no longer does."""

from django.db import transaction

from clauses.calibration import permissions
from clauses.calibration.models import ConfirmedFacilitator
from community.core import audit
from community.core.events import FacilitatorConfirmed, FacilitatorUnconfirmed, emit


@transaction.atomic
def confirm_facilitator(*, actor, member) -> ConfirmedFacilitator:
    """For the territory that the profile shows now; a move asks for another confirmation."""
    permissions.require(permissions.can_confirm_facilitator(actor, member))
    confirmed, _new = ConfirmedFacilitator.objects.update_or_create(
        member=member, defaults={"territory_id": member.territory_id, "confirmed_by": actor}
    )
    audit.record(
        "facilitator.confirmed", actor=actor, kind="member", object_id=member.pk, territory=member.territory_id
    )
    emit(FacilitatorConfirmed(member_id=member.pk, by_id=actor.pk))
    return confirmed


@transaction.atomic
def unconfirm_facilitator(*, actor, member) -> None:
    """Requests already sent close to her at once."""
    permissions.require(permissions.can_confirm_facilitator(actor, member))
    deleted, _by_model = ConfirmedFacilitator.objects.filter(member=member).delete()
    if deleted:
        audit.record("facilitator.unconfirmed", actor=actor, kind="member", object_id=member.pk)
        emit(FacilitatorUnconfirmed(member_id=member.pk, by_id=actor.pk))
