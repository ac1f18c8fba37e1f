"""Who reads, as prepared queries know them: by number, signed in or not, verified or not."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from community.members.models import Member


def shape_of(viewer) -> tuple[bool, bool]:
    """What of the reader changes the words of a query: signed in, verified."""
    return viewer.is_authenticated, viewer.is_authenticated and viewer.is_verified


def number_of(viewer) -> dict[str, int]:
    """What of the reader varies from one to the next: nothing for a visitor."""
    return {"viewer": viewer.pk} if viewer.is_authenticated else {}


def reader_like(signed_in: bool, is_verified: bool, pk: int | None):
    """Somebody whom the rules treat as that reader."""
    if not signed_in:
        return AnonymousUser()
    return Member(pk=pk, verified_at=timezone.now() if is_verified else None)


def is_on_the_clock(viewer) -> bool:
    """Exceptional access has an end: what its reader sees depends on the moment, and is not prepared."""
    return viewer.is_authenticated and viewer.is_staff
