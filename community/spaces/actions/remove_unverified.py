"""Who is verified no more leaves the reserved spaces that she entered as a verified member; where somebody took her in,
by an invitation or with a role above a member's, that person answers for her and she stays.
"""

from django.db import transaction

from community.core import audit, events
from community.core.models import AuditEntry

from ..models import RANKS, Membership, Role, Space, SpaceVisibility
from .locks import lock_space
from .remove_member import withdraw_invitations

ARRIVALS = ("space_joined", "invitation_accepted")
# An owner who made a guest of a member did not ask her in.
ENTERED = [role for role, rank in RANKS.items() if rank <= RANKS[Role.MEMBER]]


@transaction.atomic
def remove_unverified(*, member) -> None:
    """When she loses her verification. Asks nobody: what let her in is gone."""
    inside = _entered_unverified().filter(member=member)
    for space in Space.objects.filter(pk__in=inside.values("space")).order_by("pk"):
        _remove(lock_space(space), inside)


@transaction.atomic
def remove_unverified_of(*, space: Space) -> None:
    """When an open space becomes reserved: those who entered it verified, and are so no more, are let out."""
    space = lock_space(space)
    _remove(space, _entered_unverified())


def _entered_unverified():
    return Membership.objects.filter(
        space__visibility=SpaceVisibility.MEMBERS, role__in=ENTERED, member__verified_at=None
    )


def _remove(space: Space, memberships) -> None:
    for membership in memberships.filter(space=space).select_related("member").order_by("pk"):
        if not _came_by_herself(membership):
            continue
        member = membership.member
        membership.delete()
        withdraw_invitations(space, member)
        audit.record("verification_lost", actor=member, kind="member", object_id=member.pk, space_id=space.pk)
        events.emit(events.MembershipRevoked(space_id=space.pk, member_id=member.pk, by_id=member.pk))


def _came_by_herself(membership: Membership) -> bool:
    """The last of her arrivals says how she is there; one that was not written down is nobody's own."""
    arrivals = AuditEntry.objects.filter(
        action__in=ARRIVALS, actor=membership.member_id, space_id=membership.space_id, kind="space"
    )
    return arrivals.values_list("action", flat=True).first() == "space_joined"
