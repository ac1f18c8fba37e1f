"""A step is done, or was not after all."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.planner import permissions
from clauses.planner.models import MAX_STEP_NOTE, PlannedPurchase, StepDone
from clauses.planner.vocabularies import Step
from community.core.errors import Invalid
from community.core.events import PurchaseChanged, PurchaseStepDone, emit

from .plan import lock_purchase, status_after_launch


@transaction.atomic
def mark_step_done(
    *, actor, purchase: PlannedPurchase, step: str, done_on: date | None = None, note: str = ""
) -> StepDone:
    """Said again, it is put right."""
    permissions.require(permissions.can_edit_purchase(actor, purchase))
    done_on = done_on or timezone.localdate()
    if step not in Step.values:
        raise Invalid(_("Choisissez une étape."))
    if done_on > timezone.localdate():
        raise Invalid(_("Une étape faite ne peut pas être datée de demain."), field="done_on")
    locked = lock_purchase(purchase)
    done, _new = StepDone.objects.update_or_create(
        purchase=locked, step=step, defaults={"done_on": done_on, "note": note[:MAX_STEP_NOTE], "by": actor}
    )
    follow_launch(locked, step, launched=True)
    emit(PurchaseStepDone(purchase_id=locked.pk, step=step, by_id=actor.pk))
    return done


@transaction.atomic
def reopen_step(*, actor, purchase: PlannedPurchase, step: str) -> None:
    permissions.require(permissions.can_edit_purchase(actor, purchase))
    locked = lock_purchase(purchase)
    StepDone.objects.filter(purchase=locked, step=step).delete()
    follow_launch(locked, step, launched=False)
    emit(PurchaseChanged(purchase_id=locked.pk, by_id=actor.pk))


def follow_launch(purchase: PlannedPurchase, step: str, *, launched: bool) -> None:
    """A form opened before knows the former state: a version that rises keeps it from writing that back unseen."""
    status = status_after_launch(purchase.status, launched=launched)
    if step != Step.LAUNCH or status == purchase.status:
        return
    purchase.status = status
    purchase.version += 1
    purchase.save(update_fields=["status", "version", "edited_at"])
