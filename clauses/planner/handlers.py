"""What follows from sharing: the colleague is told once; whoever leaves is told nothing any more."""

from community.core.events import PurchaseRemoved, PurchaseShared, PurchaseStepDone, PurchaseUnshared, handles
from community.notifications.actions import drop_subscriptions_of_non_readers, forget_content, tell_again
from community.notifications.tasks import fan_out

from .models import StepReminder

KIND = "planned_purchase"


@handles(PurchaseShared)
def tell_colleague(event: PurchaseShared) -> None:
    target = [KIND, event.purchase_id]
    tell_again(reason="purchase_shared", kind=KIND, pk=event.purchase_id)
    fan_out.enqueue(
        reason="purchase_shared",
        subject=target,
        target=target,
        actor_id=event.by_id,
        member_ids=[event.member_id],
        only=True,
    )


@handles(PurchaseUnshared)
def stop_telling(event: PurchaseUnshared) -> None:
    drop_subscriptions_of_non_readers(kind=KIND, pk=event.purchase_id)


@handles(PurchaseRemoved)
def forget(event: PurchaseRemoved) -> None:
    forget_content(kind=KIND, pk=event.purchase_id)


@handles(PurchaseStepDone)
def forget_reminders(event: PurchaseStepDone) -> None:
    """Done, it is reminded to nobody: what was told of it goes from everyone's list."""
    StepReminder.objects.filter(purchase=event.purchase_id, step=event.step).delete()
