"""What a visitor's kept page of clauses watches: that each clause it shows is still shown, and unchanged."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from community.core.pagecache import Watch, watch_rows
from community.core.prepared import Prepared

from ..facets import stamped
from ..models import Clause

_library = Prepared(lambda: stamped(Clause.objects.visible_to(AnonymousUser())))
_clauses = Prepared(lambda ids: stamped(Clause.objects.visible_to(AnonymousUser()).filter(pk__in=ids)))


def library_watch() -> Watch:
    """That nothing of what a visitor sees in the library moved."""
    return watch_rows(_library)


def clauses_watch(pks: Iterable[int]) -> Watch:
    """That these clauses are still what they were, and still shown, those that are not shown included."""
    return watch_rows(_clauses, ids=sorted(set(pks)))
