"""A purchase is planned, changed, taken away."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clauses.planner import permissions
from clauses.planner.milestones import due_days, launch_day
from clauses.planner.models import PlannedPurchase, StepReminder
from clauses.planner.vocabularies import Status
from community.core.errors import Refused
from community.core.events import PurchaseChanged, PurchasePlanned, PurchaseRemoved, emit
from community.core.ratelimits import Limit, spend

PLAN = Limit("planner-purchase", times=200, seconds=60 * 60, newcomer=40)
# A whole year of a large buyer is a hundred contracts; the page reads them all to put them in order.
MAX_PURCHASES = 500


@dataclass(frozen=True, kw_only=True)
class PurchaseFields:
    """What a form or a line of a file says of a purchase."""

    title: str
    starts_on: date
    family: Any = None
    cpv: Any = None
    nature: str = ""
    amount: Decimal | None = None
    organisation: str = ""
    procedure: str = ""
    launch_on: date | None = None
    social_clause: bool = False
    notes: str = ""

    def as_columns(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


def require_room(actor, *, more: int = 1) -> None:
    if PlannedPurchase.objects.owned_by(actor).count() + more > MAX_PURCHASES:
        raise Refused(
            _("Votre liste tient %(count)d achats : supprimez ceux qui sont terminés avant d’en ajouter.")
            % {"count": MAX_PURCHASES}
        )


@transaction.atomic
def plan_purchase(
    *, actor, purchase: PurchaseFields, visible_to_peers: bool = False, client_token: UUID | None = None
) -> PlannedPurchase:
    """A form sent twice is one purchase."""
    permissions.require(permissions.can_plan(actor))
    own = PlannedPurchase.objects.owned_by(actor)
    if client_token and (sent := own.filter(client_token=client_token).first()):
        return sent
    spend(PLAN, actor=actor)
    require_room(actor)
    columns = purchase.as_columns() | {"visible_to_peers": visible_to_peers, "client_token": client_token}
    try:
        with transaction.atomic():
            planned = PlannedPurchase.objects.create(owner=actor, **columns)
    except IntegrityError:
        # The same form arrived twice at once.
        return own.get(client_token=client_token)
    emit(PurchasePlanned(purchase_id=planned.pk, by_id=actor.pk))
    return planned


def lock_purchase(purchase: PlannedPurchase) -> PlannedPurchase:
    """The row as it is now, held until the end; one taken away meanwhile is a refusal."""
    locked = PlannedPurchase.objects.select_for_update().filter(pk=purchase.pk).first()
    if locked is None:
        raise Refused(_("Cet achat vient d’être supprimé."))
    return locked


@transaction.atomic
def edit_purchase(
    *,
    actor,
    purchase: PlannedPurchase,
    changes: PurchaseFields,
    status: str,
    read_version: int,
    visible_to_peers: bool | None = None,
) -> PlannedPurchase:
    """`read_version` is the one that the form showed: what a colleague wrote meanwhile is not written over.

    `visible_to_peers` is the owner's to say; None leaves it.
    """
    permissions.require(permissions.can_edit_purchase(actor, purchase))
    if visible_to_peers is not None:
        permissions.require(permissions.can_own_purchase(actor, purchase))
    locked = lock_purchase(purchase)
    if locked.version != read_version:
        raise Refused(
            _("Un collègue a modifié cet achat pendant que vous écriviez. Vos réponses sont gardées : comparez-les.")
        )
    for name, value in changes.as_columns().items():
        setattr(locked, name, value)
    locked.status = status
    locked.version += 1
    if visible_to_peers is not None:
        locked.visible_to_peers = visible_to_peers
    locked.save()
    forget_moved_reminders(locked)
    emit(PurchaseChanged(purchase_id=locked.pk, by_id=actor.pk))
    return locked


def forget_moved_reminders(purchase: PlannedPurchase) -> None:
    """What was reminded for a day that no longer stands is not told any more. The law, which may add the facilitator's
    step, is not asked: a step that would be left out for her is not to be forgotten for it.
    """
    launch = launch_day(starts_on=purchase.starts_on, launch_on=purchase.launch_on, procedure=purchase.procedure)
    standing = {
        (step.value, day)
        for needs in (True, False)
        for step, day in due_days(launch=launch, needs_facilitator=needs).items()
    }
    reminders = StepReminder.objects.filter(purchase=purchase).values_list("pk", "step", "due_on")
    moved = [pk for pk, step, day in reminders if (step, day) not in standing]
    StepReminder.objects.filter(pk__in=moved).delete()


@transaction.atomic
def file_purchase(*, actor, purchase: PlannedPurchase, family) -> None:
    """Takes the family that was proposed for a purchase without one; a family chosen meanwhile stays."""
    permissions.require(permissions.can_edit_purchase(actor, purchase))
    locked = lock_purchase(purchase)
    if locked.family_id is not None:
        return
    locked.family = family
    locked.version += 1
    locked.save(update_fields=["family", "version", "edited_at"])
    emit(PurchaseChanged(purchase_id=locked.pk, by_id=actor.pk))


@transaction.atomic
def remove_purchase(*, actor, purchase: PlannedPurchase) -> None:
    permissions.require(permissions.can_own_purchase(actor, purchase))
    pk = purchase.pk
    deleted, _by_model = PlannedPurchase.objects.filter(pk=pk).delete()
    if deleted:
        emit(PurchaseRemoved(purchase_id=pk, by_id=actor.pk))


def status_after_launch(status: str, *, launched: bool) -> str:
    """The step « lancer la consultation » and the state of the purchase say the same thing."""
    if launched and status == Status.PLANNED:
        return Status.LAUNCHED
    if not launched and status == Status.LAUNCHED:
        return Status.PLANNED
    return status
