"""What a visitor's kept page of clauses watches: that each clause it shows is still shown, and unchanged."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet

from community.core.pagecache import Watch

from ..facets import stamped
from ..models import Clause


def library_watch() -> Watch:
    """That nothing of what a visitor sees in the library moved."""
    return _watch(Clause.objects.visible_to(AnonymousUser()))


def clauses_watch(pks: Iterable[int]) -> Watch:
    """That these clauses are still what they were, and still shown, those that are not shown included."""
    return _watch(Clause.objects.visible_to(AnonymousUser()).filter(pk__in=sorted(set(pks))))


def _watch(clauses: QuerySet) -> Watch:
    """Taken before the page is made, so that a change meanwhile is noticed."""
    sql, params = stamped(clauses).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = tuple(tuple(row) for row in cursor.fetchall())
    return Watch(sql, tuple(params), rows)
