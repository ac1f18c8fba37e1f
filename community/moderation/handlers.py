"""The law moves: what cites it is read again, and who follows the text is told."""

from community.core.events import LegalProvisionChanged, LegalTextChanged, QuestionMoved, handles
from community.notifications.actions import tell_again
from community.notifications.tasks import fan_out

from .models import ReviewItem
from .tasks import queue_citing, refile_items


@handles(LegalTextChanged)
def queue_what_cites_text(event: LegalTextChanged) -> None:
    if event.matters:
        queue_citing.enqueue(cause_kind="legal_text", cause_id=event.text_id, change_id=event.change_id)
        tell_followers(event.text_id, by_id=event.by_id)


@handles(LegalProvisionChanged)
def queue_what_cites_provision(event: LegalProvisionChanged) -> None:
    if event.matters:
        queue_citing.enqueue(cause_kind="legal_provision", cause_id=event.provision_id, change_id=event.change_id)
        tell_followers(event.text_id, by_id=event.by_id)


def tell_followers(text_id: int, *, by_id: int | None) -> None:
    text = ["legal_text", text_id]
    tell_again(reason="law_changed", kind="legal_text", pk=text_id)
    fan_out.enqueue(reason="law_changed", subject=text, target=text, actor_id=by_id, essential=True)


@handles(QuestionMoved)
def refile_what_moved(event: QuestionMoved) -> None:
    """The answers move with their question: the task looks at all that waited where it was."""
    if ReviewItem.objects.open().filter(space_id=event.from_space_id).exists():
        refile_items.enqueue(space_id=event.from_space_id)
