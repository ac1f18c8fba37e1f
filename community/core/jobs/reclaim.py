"""Tasks whose worker died: django-tasks leaves them RUNNING for ever, we put them back in the queue."""

import threading
from datetime import timedelta

from django.db import close_old_connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community.core.models import WorkerBeat

from .retries import retry_if_attempts_remain

BEAT_EVERY = 10
SILENCE = timedelta(seconds=45)
# A worker may live and yet its task hang (a mail server that never answers): past this, another worker takes it.
LONGEST_RUN = timedelta(hours=1)
ABANDONED = "community.core.jobs.reclaim.WorkerLost"


class WorkerLost(Exception):
    """Stands for the exception of a task whose worker stopped giving signs of life on its last attempt."""


def beat(worker_id: str) -> None:
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"beaten_at": timezone.now()})


def leave(worker_id: str) -> None:
    """Said by a worker that stops in order: what it was running may be taken at once."""
    WorkerBeat.objects.filter(worker_id=worker_id).delete()


def reclaim_abandoned_tasks() -> int:
    """Puts back what no living worker runs; counts the rows that changed. Safe to call from several processes."""
    now = timezone.now()
    WorkerBeat.objects.filter(beaten_at__lt=now - SILENCE).delete()
    living = set(WorkerBeat.objects.values_list("worker_id", flat=True))
    changed = 0
    # A worker beats before it takes its first task, so a task without a living worker has lost it.
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        worker = row.worker_ids[-1] if row.worker_ids else ""
        overdue = row.started_at is not None and row.started_at < now - LONGEST_RUN
        if worker in living and not overdue:
            continue
        changed += retry_if_attempts_remain(row) or give_up(row)
    return changed


def give_up(row: DBTaskResult) -> int:
    return DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at).update(
        status=TaskResultStatus.FAILED, finished_at=timezone.now(), exception_class_path=ABANDONED, traceback=""
    )


class Heart(threading.Thread):
    """Beats for one worker until told to stop."""

    def __init__(self, worker_id: str):
        super().__init__(name="heart", daemon=True)
        self.worker_id = worker_id
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(BEAT_EVERY):
            close_old_connections()
            beat(self.worker_id)
