"""Who sees what of a member, and what a member may do about members."""

from django.core.exceptions import PermissionDenied

from .models import Member, Visibility
from .models.member import AccountKind
from .models.organisation import INVITED_ONLY_KINDS

PROFILE_FIELDS = {
    "job": Visibility.EVERYONE,
    "organisation": Visibility.EVERYONE,
    "territory": Visibility.MEMBERS,
    "bio": Visibility.MEMBERS,
    "practice": Visibility.MEMBERS,
    "availability": Visibility.MEMBERS,
}


def visibility_of(member: Member, field: str) -> str:
    """What the member chose for the field, or its default; an unreadable choice hides it."""
    chosen = member.field_visibility.get(field, PROFILE_FIELDS[field])
    return chosen if chosen in Visibility.values else Visibility.NOBODY


def can_see_field(viewer, member: Member, field: str) -> bool:
    # Our own profile shows us everything, so that we know what there is to hide.
    if viewer.is_authenticated and viewer.pk == member.pk:
        return True
    visibility = visibility_of(member, field)
    if visibility == Visibility.EVERYONE:
        return True
    # What is said to the community is said to those whose place in it was checked.
    return visibility == Visibility.MEMBERS and viewer.is_authenticated and viewer.is_verified


def visible_fields(viewer, member: Member) -> set[str]:
    return {field for field in PROFILE_FIELDS if can_see_field(viewer, member, field)}


def can_view(viewer, member: Member) -> bool:
    """May the viewer open the member's profile?"""
    # Profiles are not for passers-by nor for search engines.
    if not viewer.is_authenticated:
        return False
    # A ghost has a profile until somebody takes it over.
    if member.is_ghost:
        return member.claimed_by_id is None
    # A closed account has none.
    return member.is_active


def enters_private_spaces_by_invitation_only(member: Member) -> bool:
    """Partners and private buyers take part, but colleagues must be able to speak among themselves."""
    if member.account_kind == AccountKind.PARTNER:
        return True
    return member.organisation is not None and member.organisation.kind in INVITED_ONLY_KINDS


def can_administer_members(actor) -> bool:
    """Organisations, expertise, claims: the platform's staff."""
    return actor.is_authenticated and actor.is_staff


def can_confirm_organisation(actor, organisation) -> bool:
    """The platform's staff, or who animates a network that covers the organisation's territory."""
    if not actor.is_authenticated:
        return False
    if actor.is_staff:
        return True
    # Without a territory no network is in charge.
    if organisation.territory_id is None:
        return False
    return not covered_territories(actor).isdisjoint({organisation.territory_id, organisation.territory.parent_id})


def can_review_organisations(actor) -> bool:
    return can_administer_members(actor) or bool(covered_territories(actor))


def covered_territories(actor) -> set[int]:
    """The territories of the networks that the actor animates; a région covers its départements."""
    if not actor.is_authenticated:
        return set()
    found = actor.memberships.filter(
        role__in=("moderator", "owner"), space__kind="network", space__archived_at=None
    ).values_list("space__territories", flat=True)
    return {pk for pk in found if pk is not None}


def can_claim(actor, ghost: Member) -> bool:
    # A ghost is claimed once, by a person.
    return actor.is_authenticated and ghost.is_ghost and ghost.claimed_by_id is None


def can_decide_claim(actor, claim) -> bool:
    # Nobody grants themselves the past of another.
    return can_administer_members(actor) and claim.claimant_id != actor.pk


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
