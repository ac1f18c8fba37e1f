"""A task that fails is run again, later and later, until its attempts are spent; then staff sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import uniform
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=6)


@dataclass(frozen=True)
class RetryPolicy:
    attempts: int
    first_delay: timedelta = FIRST_DELAY

    def delay(self, attempt: int) -> timedelta:
        """Doubles each time, with a tenth of chance so that what failed together is not retried together."""
        return min(self.first_delay * 2 ** (attempt - 1), LONGEST_DELAY) * uniform(0.9, 1.1)  # noqa: S311  no secret


ONE_ATTEMPT = RetryPolicy(attempts=1)
DEFAULT = RetryPolicy(attempts=5)
_policies: dict[str, RetryPolicy] = {}


def job(
    *, attempts: int = DEFAULT.attempts, first_delay: timedelta = FIRST_DELAY, queue_name: str = "default"
) -> Callable:
    """`@job(attempts=8)` in place of `@task()`: the same task, tried again when it raises."""

    def declare(function: Callable) -> Any:
        declared = task(queue_name=queue_name)(function)
        _policies[declared.module_path] = RetryPolicy(attempts=attempts, first_delay=first_delay)
        return declared

    return declare


def policy_of(task_path: str) -> RetryPolicy:
    """Tasks that are not ours (Wagtail's) are retried as `job` does by default."""
    return _policies.get(task_path, DEFAULT)


def retry_if_attempts_remain(row: DBTaskResult) -> bool:
    """Puts a failed or abandoned task back in the queue; False once its attempts are spent."""
    policy = policy_of(row.task_path)
    attempt = len(row.worker_ids)
    if attempt >= policy.attempts:
        return False
    return bool(
        DBTaskResult.objects.filter(pk=row.pk, status=row.status, started_at=row.started_at).update(
            status=TaskResultStatus.READY, run_after=timezone.now() + policy.delay(attempt), finished_at=None
        )
    )


def retry_on_failure(sender: Any, task_result: Any, **kwargs: Any) -> None:
    """Receiver of django-tasks' `task_finished`."""
    row = getattr(task_result, "db_result", None)
    if row is not None and row.status == TaskResultStatus.FAILED:
        retry_if_attempts_remain(row)
