from django.db import transaction

from community.core import audit, events

from .. import permissions
from ..models import Space
from .locks import lock_membership, lock_space, require_another_owner
from .remove_member import withdraw_invitations


@transaction.atomic
def leave_space(*, actor, space: Space) -> None:
    permissions.require(permissions.role_in(actor, space) is not None)
    space = lock_space(space)
    membership = lock_membership(space, actor)
    require_another_owner(membership)
    membership.delete()
    withdraw_invitations(space, actor)
    audit.record("space_left", actor=actor, kind="member", object_id=actor.pk, space_id=space.pk)
    events.emit(events.MembershipRevoked(space_id=space.pk, member_id=actor.pk, by_id=actor.pk))
