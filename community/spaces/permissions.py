"""Who may do what in a space: the predicate shape of the rules whose list shape is in `querysets`."""

from django.core.exceptions import PermissionDenied

from community.members.permissions import enters_private_spaces_by_invitation_only

from .models import MODERATING_ROLES, RANKS, Membership, Role, Space
from .querysets import members_to_approve, opened_space_ids


def role_in(member, space: Space | None) -> str | None:
    if space is None or not member.is_authenticated:
        return None
    return Membership.objects.filter(space=space, member=member).values_list("role", flat=True).first()


def can_view(viewer, space: Space) -> bool:
    return Space.objects.visible_to(viewer).filter(pk=space.pk).exists()


def can_view_content(viewer, space: Space | None, *, written_at=None) -> bool:
    """May the viewer read what was written in this space at that moment? No space: the open community."""
    # The open community is for everyone.
    if space is None:
        return True
    # An open space is for everyone, with or without an account.
    if space.visibility == "open":
        return True
    if not viewer.is_authenticated:
        return False
    # What is kept for the community is for those whose place in it was checked.
    if space.visibility == "members" and viewer.is_verified:
        return True
    # Break-glass: a stated reason, a limited time, a line that the owners see.
    if viewer.is_staff and opened_space_ids(viewer).filter(space=space).exists():
        return True
    membership = Membership.objects.filter(space=space, member=viewer).only("joined_at").first()
    if membership is None:
        return False
    # Newcomers of a space that protects its past see what was written after they came.
    if space.visibility == "private" and space.history_from_joining and written_at is not None:
        return membership.joined_at <= written_at
    return True


def can_ask_in(member, space: Space | None) -> bool:
    """May the member open a thread here?"""
    if not member.is_authenticated:
        return False
    # The open community takes questions from every member; the unverified ones under tighter limits.
    if space is None:
        return True
    if space.archived_at is not None:
        return False
    role = role_in(member, space)
    if role is not None:
        # Guests answer where they were asked to; they open no thread.
        return role != Role.GUEST
    # Outside its members, a space that is not private takes questions from those it shows itself to.
    return space.visibility == "open" or (space.visibility == "members" and member.is_verified)


def can_write_in(member, space: Space | None) -> bool:
    """May the member answer and comment here, on what they can read?"""
    if not member.is_authenticated:
        return False
    if space is None:
        return True
    if space.archived_at is not None:
        return False
    if role_in(member, space) is not None:
        return True
    if space.visibility == "open":
        return True
    return space.visibility == "members" and member.is_verified


def can_moderate(member, space: Space | None) -> bool:
    """Moderators and owners in their space; the platform's staff in the open community, never in a space."""
    if not member.is_authenticated:
        return False
    if space is None:
        return member.is_staff
    return role_in(member, space) in MODERATING_ROLES


def can_moderate_somewhere(member) -> bool:
    """Those for whom the review pages exist."""
    return member.is_authenticated and Membership.objects.moderating().filter(member=member).exists()


def can_administer(member, space: Space) -> bool:
    """Settings, roles, removal: the owners."""
    return role_in(member, space) == Role.OWNER


def can_invite(member, space: Space) -> bool:
    return can_moderate(member, space)


def can_create_space(member) -> bool:
    """Verified members; the others ask an animator."""
    return member.is_authenticated and member.is_verified


def can_join(member, space: Space) -> bool:
    """May the member come in by herself? A private space is entered by invitation only."""
    if not member.is_authenticated or not member.is_verified or space.archived_at is not None:
        return False
    # Colleagues must be able to speak among themselves: partners and private buyers are asked in.
    if enters_private_spaces_by_invitation_only(member):
        return False
    return space.visibility != "private" and role_in(member, space) is None


def can_grant(member, space: Space, role: str) -> bool:
    """Nobody gives a role above her own."""
    own = role_in(member, space)
    return own in MODERATING_ROLES and RANKS[own] >= RANKS[role]


def can_make_network(member) -> bool:
    """A network's animators verify members: the platform's staff says which spaces are networks, and of where."""
    return member.is_authenticated and member.is_staff


def can_approve(actor, member) -> bool:
    """May the actor say that this member is who she says? The animators of her territory's networks, else staff."""
    if not actor.is_authenticated or actor.pk == member.pk:
        return False
    return members_to_approve(actor).filter(pk=member.pk).exists()


def approves_members(actor) -> bool:
    """Staff, and the animators of networks."""
    if not actor.is_authenticated:
        return False
    animated = Membership.objects.moderating().filter(member=actor, space__kind="network", space__archived_at=None)
    return actor.is_staff or animated.exists()


def can_open_break_glass(member) -> bool:
    return member.is_authenticated and member.is_active and member.is_staff


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
