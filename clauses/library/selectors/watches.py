"""What a visitor's kept page of clauses watches: that each clause it shows is still shown, and unchanged."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from community.core.pagecache import Watch, watch_rows

from ..facets import stamped
from ..models import Clause


def library_watch() -> Watch:
    """That nothing of what a visitor sees in the library moved."""
    return watch_rows(stamped(Clause.objects.visible_to(AnonymousUser())))


def clauses_watch(pks: Iterable[int]) -> Watch:
    """That these clauses are still what they were, and still shown, those that are not shown included."""
    return watch_rows(stamped(Clause.objects.visible_to(AnonymousUser()).filter(pk__in=sorted(set(pks)))))
