"""Recurring jobs: any number of schedulers may run, each due job is run by one of them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from community.core.models import ScheduledJob

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recurring:
    name: str
    every: timedelta
    function: Callable[[], object]


_recurring: dict[str, Recurring] = {}


def register_recurring(name: str, every: timedelta, function: Callable[[], object]) -> None:
    """Called in `AppConfig.ready`. A long job enqueues a task rather than working here: the others wait for it."""
    if not callable(function):
        # A task is enqueued, not called: its `enqueue` is what recurs.
        raise TypeError(f"{name}: {function!r} cannot be called")
    _recurring[name] = Recurring(name=name, every=every, function=function)


def take_turn(recurring: Recurring) -> bool:
    """True for the one scheduler that may run the job now: the row's update is the election."""
    now = timezone.now()
    won = ScheduledJob.objects.filter(name=recurring.name, next_run__lte=now).update(
        next_run=now + recurring.every, last_run=now
    )
    return bool(won)


def run_due_jobs() -> list[str]:
    """Runs what is due; one job's failure is logged and does not stop the next. Returns the names that ran."""
    rows = dict(ScheduledJob.objects.values_list("name", "next_run"))
    now = timezone.now()
    missing = [ScheduledJob(name=name, next_run=now) for name in _recurring if name not in rows]
    if missing:
        ScheduledJob.objects.bulk_create(missing, ignore_conflicts=True)
    ran = []
    for recurring in _recurring.values():
        if rows.get(recurring.name, now) > now or not take_turn(recurring):
            continue
        try:
            recurring.function()
        except Exception:  # whatever one job raises, the others have their turn
            logger.exception("The recurring job %s failed", recurring.name)
        ran.append(recurring.name)
    return ran
