"""Optimistic locks: who writes over somebody else's change is told, and keeps what she typed.

The dossier is locked before what it holds, always in that order, and a version is compared under the lock: of two
persons who write at the same moment, the second waits, then reads what the first one wrote.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.dossiers.models import Dossier, DossierItem
from community.core.errors import Refused


class Conflict(Refused):
    """The row moved since the form was opened; `current` is what it says now."""

    def __init__(self, current, message: str = ""):
        self.current = current
        super().__init__(
            message
            or _(
                "Quelqu’un a modifié ce texte pendant que vous écriviez. Rien n’est perdu : comparez, puis choisissez "
                "ce qui doit rester."
            )
        )


def lock_dossier(pk: int) -> Dossier:
    return Dossier.objects.select_for_update().get(pk=pk)


def lock_item(item: DossierItem) -> DossierItem:
    lock_dossier(item.dossier_id)
    return DossierItem.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=item.pk)


def require_version(row, expected: int | None) -> None:
    """A form that does not say what it started from is an old one."""
    if row.version != expected:
        raise Conflict(row)


def bump(row, *, actor, **fields) -> None:
    """Writes the fields and counts the change."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.edited_by = actor
    row.save(update_fields=[*fields, "version", "edited_by", "edited_at"])


def touch(dossier_id: int) -> None:
    """What moved inside moves the dossier up in the lists; its own row says the same thing."""
    Dossier.objects.filter(pk=dossier_id).update(edited_at=timezone.now())
