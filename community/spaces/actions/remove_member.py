from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from community.core import audit, events

from .. import permissions
from ..models import Invitation, Space
from .locks import lock_membership, lock_space, require_another_owner


@transaction.atomic
def remove_member(*, actor, space: Space, member) -> None:
    """Out at once, everywhere. What waited for her, or from her, in this space's name is withdrawn too."""
    permissions.require(permissions.can_administer(actor, space))
    space = lock_space(space)
    membership = lock_membership(space, member)
    require_another_owner(membership)
    membership.delete()
    withdraw_invitations(space, member)
    audit.record("member_removed", actor=actor, kind="member", object_id=member.pk, space_id=space.pk)
    events.emit(events.MembershipRevoked(space_id=space.pk, member_id=member.pk, by_id=actor.pk))


def withdraw_invitations(space: Space, member) -> None:
    """Those sent by the member, and those that would let her come back."""
    addresses = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
    pending = Invitation.objects.filter(space=space, accepted_at=None, revoked_at=None)
    hers = pending.filter(email__in=[address.lower() for address in addresses])
    (hers | pending.filter(invited_by=member)).update(revoked_at=timezone.now())
