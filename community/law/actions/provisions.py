from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.errors import Invalid, Refused
from community.core.events import LegalProvisionChanged, emit

from .. import permissions
from ..keys import MAX_KEY, article_key
from ..models import ChangeKind, LegalChange, LegalProvision
from . import keeping
from .texts import require_no_circle

MATTERS = {"key", "title", "summary", "changed", "in_force_from", "repealed_on", "replaced_by_id"}


@transaction.atomic
def create_provision(*, actor, provision: LegalProvision, note: str = "") -> LegalProvision:
    """`provision` is unsaved; its key follows its label."""
    permissions.require_can_edit_law(actor)
    provision.key = key_of(provision)
    tell(provision, keeping.insert(provision, actor=actor, note=note), matters=False)
    return provision


@transaction.atomic
def edit_provision(*, actor, provision: LegalProvision, note: str = "", seen: int | None = None) -> LegalProvision:
    permissions.require_can_edit_law(actor)
    provision.key = key_of(provision)
    require_no_circle(provision, provision.replaced_by)
    change = keeping.update(provision, actor=actor, note=note, seen=seen)
    if change is not None:
        tell(provision, change, matters=not MATTERS.isdisjoint(change.after))
    return provision


@transaction.atomic
def repeal_provision(
    *, actor, provision: LegalProvision, on: date, replaced_by: LegalProvision | None = None, note: str = ""
) -> None:
    """From `on`, this article alone is out of force."""
    permissions.require_can_edit_law(actor)
    provision = keeping.lock(provision)
    if provision.repealed_on is not None:
        raise Refused(_("Cet article est déjà marqué abrogé : corrigez sa date en modifiant la fiche."))
    if provision.in_force_from is not None and on < provision.in_force_from:
        raise Invalid(_("L’abrogation ne peut précéder l’entrée en vigueur : corrigez la date."), field="on")
    require_no_circle(provision, replaced_by)
    provision.repealed_on, provision.replaced_by = on, replaced_by
    change = keeping.turn(provision, actor=actor, note=note, change=ChangeKind.REPEALED)
    tell(provision, change, matters=True)


def key_of(provision: LegalProvision) -> str:
    key = article_key(provision.label)
    if not key or len(key) > MAX_KEY:
        raise Invalid(_("Écrivez le numéro de l’article, par exemple « L. 2112-2 » ou « 35 »."), field="label")
    return key


def tell(provision: LegalProvision, change: LegalChange, *, matters: bool) -> None:
    emit(
        LegalProvisionChanged(
            provision_id=provision.pk,
            text_id=provision.text_id,
            change=change.change,
            change_id=change.pk,
            matters=matters,
            by_id=change.by_id,
        )
    )
