"""Prepared queries whose reader is one of the numbers given."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from .prepared import Prepared


def reader_like(*, is_verified: bool, pk: int) -> Any:
    """Somebody whom the rules treat as that reader."""
    return get_user_model()(pk=pk, verified_at=timezone.now() if is_verified else None)


class PreparedSight:
    """`build(viewer, *key, **numbers)` gives the queryset, compiled once for visitors and once for each sort of member.

    Expertises end with a day, which is in what is kept. Exceptional access ends with a moment: staff, who alone may
    have it, are answered by the queryset itself.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        self.build = build
        self._open = Prepared(lambda *key, **numbers: build(AnonymousUser(), *key, **numbers))
        self._member = Prepared(self._of_member)

    def _of_member(self, is_verified: bool, _today, *key: Hashable, viewer: int, **numbers) -> QuerySet:
        return self.build(reader_like(is_verified=is_verified, pk=viewer), *key, **numbers)

    def rows(self, viewer, *key: Hashable, ids: Sequence[int] | None = None, **numbers: int) -> list:
        if ids is not None and not ids:
            return []
        if not viewer.is_authenticated:
            return self._open.rows(*key, ids=ids, **numbers)
        if viewer.is_staff:
            return list(self.build(viewer, *key, **numbers, **({} if ids is None else {"ids": list(ids)})))
        return self._member.rows(viewer.is_verified, timezone.localdate(), *key, ids=ids, viewer=viewer.pk, **numbers)
