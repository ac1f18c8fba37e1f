from django.core.exceptions import PermissionDenied


def require_can_review(flags: list) -> None:
    """A content is settled by those who may review its flags: none of them within reach, nothing to settle."""
    if not flags:
        raise PermissionDenied
