"""Taking over an imported author. The texts keep their author row, so their attribution and licence stay true."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import audit, ratelimits
from community.core.errors import Refused
from community.core.events import GhostClaimed, GhostClaimRequested, emit
from community.members import permissions
from community.members.models import GhostClaim, Member

CLAIMS = ratelimits.Limit("ghost-claim", times=5, seconds=24 * 3600, newcomer=2)


@transaction.atomic
def request_ghost_claim(*, actor: Member, ghost: Member, message: str) -> GhostClaim:
    permissions.require(permissions.can_claim(actor, ghost))
    ratelimits.spend(CLAIMS, actor=actor)
    if GhostClaim.objects.filter(ghost=ghost, claimant=actor, decided_at=None).exists():
        raise Refused(_("Votre demande est déjà à l’étude."))
    claim = GhostClaim.objects.create(ghost=ghost, claimant=actor, message=message)
    emit(GhostClaimRequested(claim_id=claim.pk))
    return claim


@transaction.atomic
def approve_ghost_claim(*, actor: Member, claim: GhostClaim) -> None:
    permissions.require(permissions.can_decide_claim(actor, claim))
    ghost = Member.objects.select_for_update().get(pk=claim.ghost_id)
    if ghost.claimed_by_id is not None or claim.decided_at is not None:
        raise Refused(_("Cette demande est déjà tranchée."))
    ghost.claimed_by = claim.claimant
    ghost.save(update_fields=["claimed_by"])
    _decide(claim, actor, approved=True)
    audit.record("ghost.claimed", actor=actor, kind="member", object_id=ghost.pk, claimant=claim.claimant_id)
    emit(GhostClaimed(ghost_id=ghost.pk, member_id=claim.claimant_id, by_id=actor.pk))


@transaction.atomic
def refuse_ghost_claim(*, actor: Member, claim: GhostClaim) -> None:
    permissions.require(permissions.can_decide_claim(actor, claim))
    if claim.decided_at is not None:
        raise Refused(_("Cette demande est déjà tranchée."))
    _decide(claim, actor, approved=False)


def _decide(claim: GhostClaim, actor: Member, *, approved: bool) -> None:
    claim.decided_at = timezone.now()
    claim.decided_by = actor
    claim.approved = approved
    claim.save(update_fields=["decided_at", "decided_by", "approved"])
