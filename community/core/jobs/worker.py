"""The worker of both set-ups: a thread of `manage.py serve`, or the process `manage.py db_worker`."""

import logging
import os
import socket
import threading
from typing import Any

from django.db import OperationalError, close_old_connections, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from .reclaim import Heart, beat, leave
from .schedule import run_due_jobs

logger = logging.getLogger(__name__)
SCHEDULER_INTERVAL = 5


def drop_stale_connections() -> None:
    """As between two requests; a worker called inside a transaction (a test) keeps the one it is given."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def new_worker_id() -> str:
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{get_random_string(8)}"


class BeatingWorker(Worker):
    """Gives signs of life, and looks before it locks: an idle worker of SQLite never takes the write lock."""

    def __init__(self, *, wake: threading.Event | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        self.wake = wake or threading.Event()

    def run(self) -> None:
        beat(self.worker_id)
        heart = Heart(self.worker_id)
        heart.start()
        try:
            while self.running and self._has_attempts():
                drop_stale_connections()
                if not self.work_once():
                    if self.batch:
                        return
                    self.wake.wait(self.interval)
        finally:
            heart.stopping.set()
            leave(self.worker_id)

    def _has_attempts(self) -> bool:
        return self.max_tasks is None or self._run_tasks < self.max_tasks

    def work_once(self) -> bool:
        """Runs the next task that is due; False when there is none."""
        row = self.take_next()
        if row is None:
            return False
        self.run_task(row)
        return True

    def take_next(self) -> DBTaskResult | None:
        due = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not self.process_all_queues:
            due = due.filter(queue_name__in=self.queue_names)
        if self.excluded_queue_names:
            due = due.exclude(queue_name__in=self.excluded_queue_names)
        if not due.exists():
            return None
        try:
            with exclusive_transaction(due.db):
                row = due.get_locked()
                if row is not None:
                    row.claim(self.worker_id)
        except OperationalError as error:
            if is_locked_database_exception(error):
                return None
            raise
        return row

    def stop(self) -> None:
        self.running = False
        self.wake.set()


def new_worker(*, batch: bool = False) -> BeatingWorker:
    return BeatingWorker(
        queue_names=["*"],
        interval=0.5,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=new_worker_id(),
        excluded_queue_names=[],
    )


def run_scheduler(stopping: threading.Event) -> None:
    """Until told to stop; a database that is away is waited for, not died of."""
    while not stopping.is_set():
        close_old_connections()
        try:
            run_due_jobs()
        except OperationalError:
            logger.exception("The scheduler could not reach the database")
        stopping.wait(SCHEDULER_INTERVAL)
    close_old_connections()
