from django.core.exceptions import PermissionDenied

from community.spaces.permissions import can_moderate_somewhere


def can_review(member) -> bool:
    """Those who moderate a space, and the staff, which moderates the open community."""
    return member.is_authenticated and (member.is_staff or can_moderate_somewhere(member))


def require_can_review(flags: list) -> None:
    """A content is settled by those who may review its flags: none of them within reach, nothing to settle."""
    if not flags:
        raise PermissionDenied
