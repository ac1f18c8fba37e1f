"""What every change of the law does: the row locked, its history written, the person who verified named."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from community.core.errors import Invalid, Refused

from ..models import ChangeKind, LegalChange
from ..snapshots import KIND_OF, differences, snapshot

Kept = TypeVar("Kept", bound=Model)
MAX_NOTE = 600


def latest_change_id(obj: Model) -> int:
    """What a form remembers of the version that it shows."""
    changes = LegalChange.objects.of_its_fields().filter(kind=KIND_OF[type(obj)], object_id=obj.pk)
    return changes.values_list("pk", flat=True).first() or 0


def lock(obj: Kept) -> Kept:
    return type(obj)._base_manager.select_for_update().get(pk=obj.pk)


def insert(obj: Any, *, actor, note: str) -> LegalChange:
    sign(obj, {}, actor)
    require_valid(obj)
    obj.save(force_insert=True)
    return record(obj, ChangeKind.CREATED, actor=actor, before={}, after=snapshot(obj), note=note)


def update(obj: Any, *, actor, note: str, seen: int | None) -> LegalChange | None:
    """Writes the values that `obj` carries; nothing when none changed. Raises Refused when somebody else wrote since
    the version `seen`.
    """
    stored = lock(obj)
    if seen is not None and seen != latest_change_id(obj):
        raise Refused(_("Cette fiche a changé pendant que vous l’écriviez : rouvrez-la et reprenez vos modifications."))
    was, became = compared(obj, stored, actor)
    if not became:
        return None
    obj.save()
    return record(obj, ChangeKind.EDITED, actor=actor, before=was, after=became, note=note)


def turn(obj: Any, *, actor, note: str, change: str) -> LegalChange:
    """Writes a repeal, or what undoes it; `obj` is locked already."""
    was, became = compared(obj, lock(obj), actor)
    obj.save()
    return record(obj, change, actor=actor, before=was, after=became, note=note)


def compared(obj: Any, stored: Any, actor) -> tuple[dict, dict]:
    before = snapshot(stored)
    sign(obj, before, actor)
    require_valid(obj)
    return differences(before, snapshot(obj))


def sign(obj: Any, before: dict, actor) -> None:
    """Whoever says « vérifié le » answers for it."""
    if obj.verified_on and snapshot(obj)["verified_on"] != before.get("verified_on"):
        obj.verified_by = actor


def require_valid(obj: Any) -> None:
    try:
        obj.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(" ".join(messages), field=None if field == "__all__" else field) from None


def record(obj: Model, change: str, *, actor, before: dict, after: dict, note: str) -> LegalChange:
    return LegalChange.objects.create(
        kind=KIND_OF[type(obj)],
        object_id=obj.pk,
        change=change,
        by=actor,
        before=before,
        after=after,
        note=note.strip()[:MAX_NOTE],
    )
