from django.db import transaction
from django.utils.translation import gettext as _

from community.core import audit, events
from community.core.errors import Invalid

from .. import permissions
from ..models import RANKS, Membership, Role, Space
from .locks import lock_membership, lock_space, require_another_owner


@transaction.atomic
def change_role(*, actor, space: Space, member, role: str) -> None:
    """The owners give and take roles; nobody gives one above her own, and a space keeps an owner."""
    permissions.require(permissions.can_administer(actor, space))
    if role not in RANKS:
        raise Invalid(_("Choisissez un rôle."), field="role")
    permissions.require(permissions.can_grant(actor, space, role))
    space = lock_space(space)
    membership = lock_membership(space, member)
    if membership.role == role:
        return
    if role != Role.OWNER:
        require_another_owner(membership)
    was, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    audit.record("role_changed", actor=actor, kind="member", object_id=member.pk, space_id=space.pk, role=role, was=was)
    events.emit(events.RoleChanged(space_id=space.pk, member_id=member.pk, role=role, by_id=actor.pk))


@transaction.atomic
def change_roles(*, actor, space: Space, roles: dict[str, str]) -> int:
    """Those of a whole page, by public id: all are given or none. New owners first, so that one may hand over."""
    permissions.require(permissions.can_administer(actor, space))
    memberships = Membership.objects.filter(space=space, member__public_id__in=list(roles)).select_related("member")
    differing = [row for row in memberships if roles[row.member.public_id] != row.role]
    differing.sort(key=lambda row: (roles[row.member.public_id] != Role.OWNER, row.member_id == actor.pk))
    for row in differing:
        change_role(actor=actor, space=space, member=row.member, role=roles[row.member.public_id])
    return len(differing)
