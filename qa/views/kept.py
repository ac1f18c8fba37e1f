"""What a visitor's kept page of threads watches: that each thread it shows is still shown, and unchanged."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from community.core import contents
from community.core.pagecache import Watch
from community.core.prepared import Prepared

from ..models import Question

_versions = Prepared(
    lambda ids: (
        Question.objects.visible_to(AnonymousUser()).filter(pk__in=ids).order_by("pk").values_list("pk", "version")
    )
)
_latest = Prepared(lambda: Question.objects.visible_to(AnonymousUser()).recent().values_list("pk", "version")[:1])


def watch_threads(questions: Iterable[Question]) -> list[Watch]:
    shown = {question.pk: question.version for question in questions}
    if not shown:
        return []
    sql, params = _versions.statement(ids=sorted(shown))
    return [Watch(sql, params, tuple(sorted(shown.items())))]


def watch_latest(question: Question) -> list[Watch]:
    """That no thread moved since: for lists by activity, of which this one came first."""
    sql, params = _latest.statement()
    return [Watch(sql, params, ((question.pk, question.version),))]


def watch_others(objects: Iterable) -> list[Watch]:
    """That contents of other kinds are still shown."""
    by_kind: dict[str, list[int]] = {}
    for each in objects:
        by_kind.setdefault(contents.kind_of(each).name, []).append(each.pk)
    watches = []
    for name, pks in by_kind.items():
        visible = contents.get(name).visible_to(AnonymousUser()).filter(pk__in=pks).order_by("pk").values_list("pk")
        sql, params = visible.query.sql_with_params()
        watches.append(Watch(sql, tuple(params), tuple((pk,) for pk in sorted(pks))))
    return watches
