"""What lower rooms ask of `search` without knowing it.

Until an engine registers itself, the plain database answers: every word must be in one of the kind's text fields.
"""

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet

from . import contents
from .prepared import Prepared

MAX_WORDS = 12
MAX_TEXT = 200
# For those who keep what resembles: nothing is also answered while the engine is away, so it is asked again soon.
NOTHING_SIMILAR_SECONDS = 60


def search_by_database(viewer: Any, kind: str, text: str) -> QuerySet:
    registered = contents.get(kind)
    found = registered.visible_to(viewer)
    words = text[:MAX_TEXT].split()[:MAX_WORDS]
    if not words or not registered.text_fields:
        return found
    every = (reduce(or_, (Q(**{f"{field}__icontains": word}) for field in registered.text_fields)) for word in words)
    return found.filter(reduce(and_, every))


_contents = Prepared(lambda kind, ids: contents.get(kind).model._default_manager.filter(pk__in=ids))


def similar_by_database(viewer: Any, kind: str, text: str, limit: int) -> list:
    """The contents that share most long words with the text, newest first among equals."""
    registered = contents.get(kind)
    words = sorted({word.strip(".,;:!?«»()’'\"").lower() for word in text[:MAX_TEXT].split()}, key=len)[-6:]
    words = [word for word in words if len(word) > 4]
    if not words or not registered.text_fields:
        return []
    title = registered.text_fields[0]
    candidates = registered.visible_to(viewer).filter(
        reduce(or_, (Q(**{f"{title}__icontains": word}) for word in words))
    )
    scored = [
        (sum(word in its_title.lower() for word in words), pk)
        for pk, its_title in candidates.order_by("-pk").values_list("pk", title)[:60]
    ]
    closest = [pk for _score, pk in sorted(scored, reverse=True)[:limit]]
    # Their right was asked just above.
    found = {obj.pk: obj for obj in _contents.rows(kind, ids=closest)}
    return [found[pk] for pk in closest if pk in found]


def similar_of_kinds_by_database(viewer: Any, kinds: tuple[str, ...], text: str, limit: int) -> dict[str, list]:
    return {kind: similar_by_database(viewer, kind, text, limit) for kind in kinds}


_text_search: Callable[[Any, str, str], QuerySet] = search_by_database
_similar: Callable[[Any, tuple[str, ...], str, int], dict[str, list]] = similar_of_kinds_by_database


def text_search(viewer: Any, kind: str, text: str) -> QuerySet:
    """The contents of a kind that the viewer may see and that match the text, as a queryset to filter further."""
    return _text_search(viewer, kind, text)


def similar(viewer: Any, kind: str, text: str, *, limit: int = 5) -> list:
    """The contents of a kind that the viewer may see and that resemble the text, closest first."""
    return _similar(viewer, (kind,), text, limit)[kind]


def similar_of_kinds(viewer: Any, kinds: tuple[str, ...], text: str, *, limit: int = 5) -> dict[str, list]:
    """As `similar`, for several kinds at once: what is read of the viewer and of the text is read once."""
    return _similar(viewer, kinds, text, limit)


def plug_search(*, text_search: Callable, similar: Callable) -> None:
    global _text_search, _similar
    _text_search, _similar = text_search, similar
