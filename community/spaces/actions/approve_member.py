from django.db import transaction

from community.members.actions.verification import mark_verified
from community.members.models.member import Verification

from .. import permissions


@transaction.atomic
def approve_member(*, actor, member) -> None:
    """Says that a person with a confirmed address is who she says; `mark_verified` audits it and tells it."""
    permissions.require(permissions.can_approve(actor, member))
    mark_verified(member=member, by=actor, how=Verification.APPROVAL)
