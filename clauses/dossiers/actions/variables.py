"""Values are given once for all, or for one item; two persons never overwrite each other silently."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from clauses.dossiers import permissions
from clauses.dossiers.content import Slot
from clauses.dossiers.models import Dossier, DossierVariable
from clauses.dossiers.vocabularies import MAX_VALUE
from community.core.errors import Invalid
from community.core.events import DossierChanged, emit

from .locks import Conflict, lock_dossier, touch


@dataclass(frozen=True)
class Given:
    """`was`: what the form showed; a slot whose third part is not 0 is that of one item."""

    slot: Slot
    was: str
    value: str


@transaction.atomic
def fill_variables(*, dossier: Dossier, actor, given: Iterable[Given]) -> int:
    """Returns how many changed. A value that somebody else changed meanwhile stops everything: nothing is written."""
    permissions.require(permissions.can_edit_dossier(actor, dossier))
    lock_dossier(dossier.pk)
    wanted = [each for each in given if each.value != each.was]
    known = {(row.key, row.label, row.item_id or 0): row for row in DossierVariable.objects.filter(dossier=dossier)}
    items = set(dossier.items.values_list("pk", flat=True))
    others = {}
    for each in wanted:
        if len(each.value) > MAX_VALUE:
            raise Invalid(_("Une valeur compte au plus %(count)d caractères.") % {"count": MAX_VALUE})
        if each.slot[2] and each.slot[2] not in items:
            raise Invalid(_("Cet article n’est plus dans le dossier."))
        now = known[each.slot].value if each.slot in known else ""
        if now not in (each.was, each.value):
            others[each.slot] = now
    if others:
        raise Conflict(others)
    for each in wanted:
        _write(dossier, known.get(each.slot), each, actor=actor)
    if wanted:
        touch(dossier.pk)
        emit(DossierChanged(dossier_id=dossier.pk, by_id=actor.pk))
    return len(wanted)


def _write(dossier: Dossier, row: DossierVariable | None, given: Given, *, actor) -> None:
    key, label, item_id = given.slot
    if not given.value:
        if row is not None:
            row.delete()
    elif row is not None:
        row.value, row.edited_by = given.value, actor
        row.save(update_fields=["value", "edited_by", "edited_at"])
    else:
        DossierVariable.objects.create(
            dossier=dossier, item_id=item_id or None, key=key, label=label, value=given.value, edited_by=actor
        )
