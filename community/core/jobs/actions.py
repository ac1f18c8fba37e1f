from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community.core import audit


def require_operator(actor) -> None:
    if not actor.is_staff:
        raise PermissionDenied


@transaction.atomic
def requeue_task(*, task_id, actor) -> bool:
    """Gives a dead task all its attempts again; False when another hand already did."""
    require_operator(actor)
    done = DBTaskResult.objects.filter(pk=task_id, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, run_after=timezone.now(), finished_at=None, worker_ids=[]
    )
    if done:
        audit.record("task.requeued", actor=actor, kind="task", task=str(task_id))
    return bool(done)


@transaction.atomic
def discard_task(*, task_id, actor) -> bool:
    require_operator(actor)
    deleted, _rows = DBTaskResult.objects.filter(pk=task_id, status=TaskResultStatus.FAILED).delete()
    if deleted:
        audit.record("task.discarded", actor=actor, kind="task", task=str(task_id))
    return bool(deleted)
