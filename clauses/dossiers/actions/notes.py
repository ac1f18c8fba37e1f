from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clauses.dossiers import permissions
from clauses.dossiers.models import Dossier, DossierNote
from clauses.dossiers.vocabularies import MAX_KEPT_NOTES
from community.core.errors import Invalid, Refused
from community.core.events import DossierChanged, emit
from community.core.ratelimits import Limit, spend

from .locks import lock_dossier

NOTE = Limit("dossier-note", times=120, seconds=60 * 60)


@transaction.atomic
def add_note(*, dossier: Dossier, actor, text: str, client_token: UUID | None = None) -> DossierNote:
    """By whoever reads the dossier."""
    permissions.require(permissions.can_view_dossier(actor, dossier))
    if not text.strip():
        raise Invalid(_("Écrivez la note."), field="text")
    lock_dossier(dossier.pk)
    if client_token and (sent := dossier.notes.filter(client_token=client_token).first()):
        return sent
    spend(NOTE, actor=actor)
    if dossier.notes.count() >= MAX_KEPT_NOTES:
        raise Refused(_("Ce dossier garde déjà %(count)d notes : supprimez-en une.") % {"count": MAX_KEPT_NOTES})
    note = DossierNote.objects.create(dossier=dossier, author=actor, text=text.strip(), client_token=client_token)
    emit(DossierChanged(dossier_id=dossier.pk, by_id=actor.pk))
    return note


@transaction.atomic
def remove_note(*, note: DossierNote, actor) -> None:
    permissions.require(permissions.can_remove_note(actor, note))
    dossier_id = note.dossier_id
    DossierNote.objects.filter(pk=note.pk).delete()
    emit(DossierChanged(dossier_id=dossier_id, by_id=actor.pk))
