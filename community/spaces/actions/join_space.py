from django.db import transaction

from community.core import audit, events

from .. import permissions
from ..models import Membership, Role, Space
from .locks import lock_space


@transaction.atomic
def join_space(*, actor, space: Space) -> Membership:
    """By oneself, where that is allowed: a space that is not private, for verified public buyers."""
    permissions.require(permissions.can_view(actor, space))
    permissions.require(permissions.can_join(actor, space))
    space = lock_space(space)
    membership, created = Membership.objects.get_or_create(space=space, member=actor, defaults={"role": Role.MEMBER})
    if created:
        audit.record("space_joined", actor=actor, kind="space", object_id=space.pk, space_id=space.pk)
        events.emit(events.MembershipGranted(space_id=space.pk, member_id=actor.pk, role=Role.MEMBER, by_id=actor.pk))
    return membership
