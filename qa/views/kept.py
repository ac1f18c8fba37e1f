"""What a visitor's kept page of threads watches: that each thread it shows is still shown, and unchanged."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

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
