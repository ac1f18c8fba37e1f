from django.utils import timezone

from community.notifications.tasks import fan_out

from .models import Question, ThreadState

MAX_ASKED_AT_ONCE = 500


def ask_for_publication() -> int:
    """Once the award's date has come, asks each author whether she publishes; only her click does. Asking again writes
    nothing more: a fact is told once a person.
    """
    due = Question.objects.filter(
        state=ThreadState.EMBARGOED, publish_after__lte=timezone.localdate(), deleted_at=None, asked_to_publish_at=None
    )
    rows = list(due.order_by("publish_after").values_list("pk", "author")[:MAX_ASKED_AT_ONCE])
    for pk, author_id in rows:
        target = ["question", pk]
        fan_out.enqueue(
            reason="embargo_due", subject=target, target=target, actor_id=None, member_ids=[author_id], only=True
        )
    Question.objects.filter(pk__in=[pk for pk, _author in rows]).update(asked_to_publish_at=timezone.now())
    return len(rows)
