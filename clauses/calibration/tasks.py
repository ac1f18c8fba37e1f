"""Each day: a request without answer after four weeks, and hours to tell each quarter of a contract under way."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from clauses.planner.milestones import months_before
from community.members.models import Member
from community.notifications.tasks import fan_out

from .models import CalibrationReminder, CalibrationRequest
from .querysets import readers_of_calibration
from .selectors.requests import hours_of, totals, with_hours
from .vocabularies import State

# The time that a facilitator needs to answer (DOMAIN.md §1.2).
ANSWER_AFTER = timedelta(days=28)
QUARTER = 3
# A contract whose end nobody gave is followed for four years, the longest of framework agreements [M].
LONGEST_MONTHS = 48
BATCH = 200


@task()
def remind_calibrations() -> int:
    """Running twice tells nothing more; who still reads the request is asked again when the notification is written."""
    today = timezone.localdate()
    waiting = CalibrationRequest.objects.filter(state=State.SENT, created_at__date__lte=today - ANSWER_AFTER)
    told = sum(
        remind(request, "answer", timezone.localdate(request.created_at) + ANSWER_AFTER)
        for request in waiting.select_related("dossier").order_by("pk").iterator(BATCH)
    )
    last = 0
    followed = CalibrationRequest.objects.filter(state=State.ANSWERED, awarded_on__isnull=False)
    while batch := list(with_hours(followed.filter(pk__gt=last).order_by("pk"))[:BATCH]):
        for request in batch:
            day = latest_quarter(request, today)
            planned, done = totals(hours_of(request))
            # What is done needs no reminder.
            if day is not None and done < planned:
                told += remind(request, "hours", day)
        last = batch[-1].pk
    return told


def latest_quarter(request: CalibrationRequest, today: date) -> date | None:
    """The last end of a quarter of the contract that is past, if the contract is not over by then."""
    found = None
    for quarter in range(1, LONGEST_MONTHS // QUARTER + 1):
        day = months_before(request.awarded_on, -QUARTER * quarter)
        if day > today or (request.ends_on is not None and day > months_before(request.ends_on, -QUARTER)):
            break
        found = day
    return found


def remind(request: CalibrationRequest, reason: str, due_on: date) -> int:
    """1 when the reminder is new. Two schedulers at once: the constraint lets one row in."""
    with transaction.atomic():
        reminder, new = CalibrationReminder.objects.get_or_create(request=request, reason=reason, due_on=due_on)
        if new:
            readers = readers_of_calibration(request, Member.objects.persons())
            fan_out.enqueue(
                reason="calibration_reminder",
                subject=["calibration", request.pk],
                target=["calibration_reminder", reminder.pk],
                actor_id=None,
                member_ids=list(readers.values_list("pk", flat=True)),
                only=True,
            )
    return int(new)
