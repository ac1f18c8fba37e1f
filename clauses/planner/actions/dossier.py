"""The dossier where a purchase is prepared: opened from it, or one that exists already."""

from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from clauses.dossiers.actions.dossier import Description, create_dossier
from clauses.dossiers.models import Dossier
from clauses.dossiers.permissions import can_view_dossier
from clauses.planner import permissions
from clauses.planner.milestones import launch_day
from clauses.planner.models import PlannedPurchase
from clauses.planner.social import buyer_of
from community.core.errors import Refused
from community.core.events import PurchaseChanged, emit

from .plan import lock_purchase


@transaction.atomic
def open_dossier(*, actor, purchase: PlannedPurchase) -> Dossier:
    """The actor's own dossier, with what is known of the purchase; asked twice, it is the same one."""
    permissions.require(permissions.can_edit_purchase(actor, purchase))
    locked = lock_purchase(purchase)
    if locked.dossier is not None and can_view_dossier(actor, locked.dossier):
        return locked.dossier
    launch = launch_day(starts_on=locked.starts_on, launch_on=locked.launch_on, procedure=locked.procedure)
    description = Description(
        title=locked.title[: Dossier._meta.get_field("title").max_length],
        need=locked.title,
        family=locked.family,
        cpv=locked.cpv,
        nature=locked.nature,
        procedure=locked.procedure,
        buyer=buyer_of(locked.owner) or "",
        amount=locked.amount,
        launch_on=launch,
    )
    token = uuid5(NAMESPACE_URL, f"planned-purchase/{locked.pk}")
    dossier = create_dossier(actor=actor, description=description, client_token=token)
    _link(locked, dossier, actor)
    return dossier


@transaction.atomic
def link_dossier(*, actor, purchase: PlannedPurchase, dossier: Dossier) -> None:
    """One that the actor reads. Whoever reads the purchase and not the dossier learns nothing of it."""
    permissions.require(permissions.can_edit_purchase(actor, purchase) and can_view_dossier(actor, dossier))
    _link(lock_purchase(purchase), dossier, actor)


def _link(locked: PlannedPurchase, dossier: Dossier, actor) -> None:
    if locked.dossier_id not in (None, dossier.pk):
        raise Refused(_("Un autre dossier est déjà lié à cet achat : détachez-le d’abord."))
    locked.dossier = dossier
    locked.save(update_fields=["dossier", "edited_at"])
    emit(PurchaseChanged(purchase_id=locked.pk, by_id=actor.pk))


@transaction.atomic
def unlink_dossier(*, actor, purchase: PlannedPurchase) -> None:
    """The dossier itself stays as it is."""
    permissions.require(permissions.can_edit_purchase(actor, purchase))
    locked = lock_purchase(purchase)
    locked.dossier = None
    locked.save(update_fields=["dossier", "edited_at"])
    emit(PurchaseChanged(purchase_id=locked.pk, by_id=actor.pk))
