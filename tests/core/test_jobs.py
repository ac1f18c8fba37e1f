"""Tasks are retried, taken back from dead workers, and recur once whatever the number of schedulers."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from community.core.jobs import job, register_recurring, schedule
from community.core.jobs.prune import prune_traces
from community.core.jobs.reclaim import ABANDONED, SILENCE, beat, reclaim_abandoned_tasks
from community.core.jobs.retries import RetryPolicy
from community.core.models import ScheduledJob, WorkerBeat
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
calls: list[str] = []


@job(attempts=3, first_delay=timedelta(seconds=10))
def stumble(times: int) -> None:
    calls.append("stumble")
    if len(calls) <= times:
        raise ConnectionError("the server is away")


@task()
def note() -> None:
    calls.append("note")


@pytest.fixture(autouse=True)
def no_calls():
    calls.clear()


def abandoned(worker_ids: list[str], *, started=timedelta(minutes=5), task_function=stumble) -> DBTaskResult:
    """A row as a killed worker leaves it."""
    row = DBTaskResult.objects.get(pk=task_function.enqueue(*([0] if task_function is stumble else [])).id)
    row.status, row.worker_ids, row.started_at = TaskResultStatus.RUNNING, worker_ids, timezone.now() - started
    row.save()
    return row


def test_a_task_that_fails_is_run_again_later_until_it_succeeds(run_tasks):
    pk = stumble.enqueue(2).id
    with time_machine.travel(timezone.now(), tick=False) as clock:
        run_tasks()
        row = DBTaskResult.objects.get(pk=pk)
        assert row.status == TaskResultStatus.READY
        assert timedelta(seconds=8) < row.run_after - timezone.now() < timedelta(seconds=12)
        run_tasks()
        assert len(calls) == 1, "run before its delay"
        for _attempt in range(2):
            clock.shift(timedelta(minutes=1))
            run_tasks()
    assert DBTaskResult.objects.get(pk=pk).status == TaskResultStatus.SUCCESSFUL
    assert len(calls) == 3


def test_a_task_that_always_fails_stops_after_its_attempts(run_tasks):
    pk = stumble.enqueue(99).id
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(6):
            run_tasks()
            clock.shift(timedelta(hours=1))
    assert DBTaskResult.objects.get(pk=pk).status == TaskResultStatus.FAILED
    assert len(calls) == 3


def test_delays_double_and_stay_under_their_cap():
    policy = RetryPolicy(attempts=50, first_delay=timedelta(seconds=10))
    assert policy.delay(1) < policy.delay(2) < policy.delay(3)
    assert policy.delay(40) < timedelta(hours=7)


def test_a_task_rolled_back_with_its_transaction_never_runs(run_tasks):
    with pytest.raises(RuntimeError), transaction.atomic():
        note.enqueue()
        raise RuntimeError
    run_tasks()
    assert calls == []


def test_the_task_of_a_killed_worker_is_taken_back_and_run(run_tasks):
    WorkerBeat.objects.create(worker_id="dead", beaten_at=timezone.now() - SILENCE - timedelta(seconds=1))
    row = abandoned(["dead"])
    assert reclaim_abandoned_tasks() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        run_tasks()
    row.refresh_from_db()
    assert row.status == TaskResultStatus.SUCCESSFUL
    assert calls == ["stumble"]


def test_the_task_of_a_living_worker_is_left_alone_unless_it_hangs():
    beat("alive")
    running, hanging = abandoned(["alive"]), abandoned(["alive"], started=timedelta(hours=2))
    assert reclaim_abandoned_tasks() == 1
    running.refresh_from_db()
    hanging.refresh_from_db()
    assert (running.status, hanging.status) == (TaskResultStatus.RUNNING, TaskResultStatus.READY)


def test_a_task_that_kills_its_workers_is_given_up_and_shown():
    row = abandoned(["one", "two", "three"])
    assert reclaim_abandoned_tasks() == 1
    row.refresh_from_db()
    assert (row.status, row.exception_class_path) == (TaskResultStatus.FAILED, ABANDONED)


def test_a_worker_that_stops_in_order_leaves_no_sign_of_life(run_tasks):
    run_tasks()
    assert not WorkerBeat.objects.exists()


@pytest.fixture
def recurring(monkeypatch):
    monkeypatch.setattr(schedule, "_recurring", {})
    return lambda name, function: register_recurring(name, timedelta(minutes=10), function)


def test_a_recurring_job_runs_when_due_and_once_for_all_schedulers(recurring):
    recurring("tests.note", lambda: calls.append("ran"))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert schedule.run_due_jobs() == ["tests.note"]
        assert schedule.run_due_jobs() == []
        clock.shift(timedelta(minutes=11))
        job_of_another_scheduler = schedule._recurring["tests.note"]
        assert schedule.take_turn(job_of_another_scheduler)
        assert not schedule.take_turn(job_of_another_scheduler)
        assert schedule.run_due_jobs() == []
    assert calls == ["ran"]


def test_a_recurring_job_that_fails_does_not_stop_the_others(recurring):
    recurring("tests.broken", lambda: 1 / 0)
    recurring("tests.note", lambda: calls.append("ran"))
    assert schedule.run_due_jobs() == ["tests.broken", "tests.note"]
    assert calls == ["ran"]
    assert ScheduledJob.objects.count() == 2


def test_traces_of_done_work_are_pruned_and_failures_kept_longer():
    old = timezone.now() - timedelta(days=10)
    done, failed = abandoned(["a"]), abandoned(["a"])
    DBTaskResult.objects.filter(pk=done.pk).update(status=TaskResultStatus.SUCCESSFUL, finished_at=old)
    DBTaskResult.objects.filter(pk=failed.pk).update(status=TaskResultStatus.FAILED, finished_at=old)
    prune_traces()
    assert list(DBTaskResult.objects.all()) == [failed]


@pytest.fixture
def dead_letter():
    row = abandoned(["a", "b", "c"])
    reclaim_abandoned_tasks()
    return row


@pytest.mark.parametrize("staff", [True, False])
@pytest.mark.parametrize("name", ["task_list", "task_requeue", "task_discard"])
def test_failed_tasks_are_for_staff_only(client, dead_letter, staff, name):
    client.force_login(MemberFactory(staff=staff))
    if name == "task_list":
        response = client.get(reverse(name))
        assert response.status_code == (200 if staff else 404)
        assert ("WorkerLost" in response.text) == staff
        return
    response = client.post(reverse(name, args=[dead_letter.pk]))
    assert response.status_code == (302 if staff else 404)
    row = DBTaskResult.objects.filter(pk=dead_letter.pk).first()
    if not staff:
        assert row.status == TaskResultStatus.FAILED
    elif name == "task_requeue":
        assert (row.status, row.worker_ids) == (TaskResultStatus.READY, [])
    else:
        assert row is None
