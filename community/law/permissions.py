"""The law is for everyone to read, and for jurists to keep."""

from django.core.exceptions import PermissionDenied

from community.members.models import Expertise, ExpertiseKind


def can_view(viewer, obj) -> bool:
    return True


def can_edit_law(member) -> bool:
    if not member.is_authenticated:
        return False
    # The platform's staff answers for the reference data.
    if member.is_staff:
        return True
    # A jurist of one family reads the same code as the others.
    return Expertise.objects.current().filter(member=member, kind=ExpertiseKind.JURIST).exists()


def require_can_edit_law(member) -> None:
    if not can_edit_law(member):
        raise PermissionDenied
