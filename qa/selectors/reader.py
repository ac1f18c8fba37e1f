"""Who reads, as prepared queries know them: by number, signed in or not, verified or not."""

from django.contrib.auth.models import AnonymousUser

from community.core.sight import reader_like


def shape_of(viewer) -> tuple[bool, bool]:
    """What of the reader changes the words of a query: signed in, verified."""
    return viewer.is_authenticated, viewer.is_authenticated and viewer.is_verified


def number_of(viewer) -> dict[str, int]:
    """What of the reader varies from one to the next: nothing for a visitor."""
    return {"viewer": viewer.pk} if viewer.is_authenticated else {}


def reader_of(signed_in: bool, is_verified: bool, pk: int | None):
    """Somebody whom the rules treat as that reader; a visitor when she is not signed in."""
    return reader_like(is_verified=is_verified, pk=pk) if signed_in and pk else AnonymousUser()


def is_on_the_clock(viewer) -> bool:
    """Exceptional access has an end: what its reader sees depends on the moment, and is not prepared."""
    return viewer.is_authenticated and viewer.is_staff
