"""Who keeps the vocabulary."""

from django.core.exceptions import PermissionDenied


def can_curate_tags(member) -> bool:
    """Tags are shared by every space, so a role in one working group is not enough."""
    if not member.is_authenticated:
        return False
    # Staff keeps the whole platform.
    if member.is_staff:
        return True
    # Those who animate a territorial network see the words of many buyers.
    return member.memberships.moderating().filter(space__kind="network").exists()


def require_can_curate_tags(member) -> None:
    if not can_curate_tags(member):
        raise PermissionDenied
