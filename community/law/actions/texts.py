from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.errors import Invalid, Refused
from community.core.events import LegalTextChanged, emit

from .. import permissions
from ..models import ChangeKind, LegalChange, LegalProvision, LegalText
from ..snapshots import differences, snapshot
from . import keeping

# What a reader who cited the text must look at again; sources, notes and names are not.
MATTERS = {"nature", "number", "in_force_from", "repealed_on", "replaced_by_id"}


@transaction.atomic
def create_text(*, actor, text: LegalText, note: str = "") -> LegalText:
    """`text` is unsaved."""
    permissions.require_can_edit_law(actor)
    tell(text, keeping.insert(text, actor=actor, note=note), matters=False)
    return text


@transaction.atomic
def edit_text(*, actor, text: LegalText, note: str = "", seen: int | None = None) -> LegalText:
    """`text` carries the values to keep; `seen` is the latest change that whoever wrote them had read."""
    permissions.require_can_edit_law(actor)
    require_no_circle(text, text.replaced_by)
    change = keeping.update(text, actor=actor, note=note, seen=seen)
    if change is not None:
        tell(text, change, matters=not MATTERS.isdisjoint(change.after))
    return text


@transaction.atomic
def repeal_text(*, actor, text: LegalText, on: date, replaced_by: LegalText | None = None, note: str = "") -> None:
    """From `on`, the text and its articles are out of force; `replaced_by` stands in their place."""
    permissions.require_can_edit_law(actor)
    text = keeping.lock(text)
    if text.repealed_on is not None:
        raise Refused(_("Ce texte est déjà marqué abrogé : corrigez sa date en modifiant la fiche."))
    if text.in_force_from is not None and on < text.in_force_from:
        raise Invalid(_("L’abrogation ne peut précéder l’entrée en vigueur : corrigez la date."), field="on")
    require_no_circle(text, replaced_by)
    text.repealed_on, text.replaced_by = on, replaced_by
    change = keeping.turn(text, actor=actor, note=note, change=ChangeKind.REPEALED)
    for provision in text.provisions.select_for_update().filter(repealed_on=None):
        set_repealed(provision, max(on, provision.in_force_from or on), actor=actor, note=note)
    tell(text, change, matters=True)


@transaction.atomic
def restore_text(*, actor, text: LegalText, note: str) -> None:
    """A repeal was a mistake; a second jurist says so, and says why."""
    permissions.require_can_edit_law(actor)
    text = keeping.lock(text)
    if text.repealed_on is None:
        raise Refused(_("Ce texte n’est pas marqué abrogé."))
    if not note.strip():
        raise Invalid(_("Écrivez pourquoi ce texte est remis en vigueur."), field="note")
    repeals = LegalChange.objects.filter(kind="legal_text", object_id=text.pk, change=ChangeKind.REPEALED)
    if repeals.values_list("by", flat=True).first() == actor.pk:
        raise Refused(_("Vous avez marqué ce texte abrogé : une autre personne de l’équipe le remet en vigueur."))
    repealed_on, text.repealed_on, text.replaced_by = text.repealed_on, None, None
    change = keeping.turn(text, actor=actor, note=note, change=ChangeKind.RESTORED)
    for provision in text.provisions.select_for_update().filter(repealed_on=repealed_on, replaced_by=None):
        set_repealed(provision, None, actor=actor, note=note)
    tell(text, change, matters=True)


def set_repealed(provision: LegalProvision, on: date | None, *, actor, note: str) -> None:
    before = snapshot(provision)
    provision.repealed_on = on
    provision.save(update_fields=["repealed_on"])
    was, became = differences(before, snapshot(provision))
    change = ChangeKind.REPEALED if on else ChangeKind.RESTORED
    keeping.record(provision, change, actor=actor, before=was, after=became, note=note)


def require_no_circle(old, successor) -> None:
    """Whoever follows « remplacé par » arrives somewhere."""
    seen = {old.pk}
    while successor is not None:
        if successor.pk in seen:
            raise Invalid(_("Ce remplacement tournerait en rond : choisissez un autre texte."), field="replaced_by")
        seen.add(successor.pk)
        successor = successor.replaced_by


def tell(text: LegalText, change: LegalChange, *, matters: bool) -> None:
    emit(
        LegalTextChanged(
            text_id=text.pk, change=change.change, change_id=change.pk, matters=matters, by_id=change.by_id
        )
    )
