"""Each day, what comes due is told, once, to those who still read the row; each Monday, a mail to who wants it."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from community.core.mail import send
from community.law.obligations.sources import read_law
from community.members.models import Member
from community.notifications.tasks import fan_out

from .mails import WEEK
from .milestones import Milestone
from .models import PlannedPurchase, PlannerSettings, StepReminder
from .selectors.purchases import PlannedRow, planned_row, with_people

DAYS_BEFORE = 15
# A step that was due the day before the server stopped is still worth a word; older, the page says « en retard ».
GRACE_DAYS = 3
# The first step comes eleven months before the contract starts, five before the day given for its launch.
BEFORE_START, BEFORE_LAUNCH = timedelta(days=366), timedelta(days=186)
BATCH = 200


@task()
def remind_steps() -> int:
    """Writes one reminder for each step that enters its fortnight, one on its day; returns how many."""
    today = timezone.localdate()
    law, told, last = read_law(), 0, 0
    near = Q(starts_on__lte=today + BEFORE_START) | Q(launch_on__lte=today + BEFORE_LAUNCH)
    purchases = PlannedPurchase.objects.under_way().filter(near, owner__is_active=True)
    while batch := list(with_people(purchases.filter(pk__gt=last).order_by("pk"))[:BATCH]):
        settings = reminders_wanted(batch)
        for purchase in batch:
            row = planned_row(purchase.owner, purchase, law=law, today=today)
            told += sum(remind(row, step, days, settings) for step, days in due_now(row, today))
        last = batch[-1].pk
    return told


def due_now(row: PlannedRow, today: date) -> list[tuple[Milestone, int]]:
    """(step, days before): the fortnight until the eve, then the day itself and the few that follow."""
    found = []
    for step in row.milestones:
        left = step.days_left(today)
        if step.is_open and -GRACE_DAYS <= left <= DAYS_BEFORE:
            found.append((step, 0 if left <= 0 else DAYS_BEFORE))
    return found


def reminders_wanted(purchases: list[PlannedPurchase]) -> dict[int, PlannerSettings]:
    persons = {purchase.owner_id for purchase in purchases}
    persons |= {share.member_id for purchase in purchases for share in purchase.shares.all()}
    return {each.member_id: each for each in PlannerSettings.objects.filter(member__in=persons)}


def remind(row: PlannedRow, step: Milestone, days_before: int, settings: dict[int, PlannerSettings]) -> int:
    """1 when the reminder is new. Two schedulers at once: the constraint lets one row in."""
    persons = [row.purchase.owner_id, *(share.member_id for share in row.purchase.shares.all())]
    wanted = [pk for pk in persons if wants(settings.get(pk), days_before)]
    known = {"purchase": row.purchase, "step": step.step, "due_on": step.due_on, "days_before": days_before}
    with transaction.atomic():
        reminder, new = StepReminder.objects.get_or_create(**known)
        if new and wanted:
            # Who reads the row is asked again when the task runs.
            fan_out.enqueue(
                reason="purchase_step",
                subject=["planned_purchase", row.purchase.pk],
                target=["step_reminder", reminder.pk],
                actor_id=None,
                member_ids=wanted,
                only=True,
            )
    return int(new)


def wants(settings: PlannerSettings | None, days_before: int) -> bool:
    """Both reminders until the member says otherwise."""
    if settings is None:
        return True
    return settings.remind_before if days_before else settings.remind_same_day


@task()
def send_weekly_mails() -> int:
    """Each day: on Monday and after, whoever asked for the week's mail and has not had it gets it once."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    due = PlannerSettings.objects.filter(weekly_mail=True, member__in=Member.objects.persons().verified()).exclude(
        weekly_sent_on__gte=monday
    )
    sent = 0
    for settings in due.select_related("member").order_by("pk")[:BATCH]:
        with transaction.atomic():
            # The row's update is the election, as two schedulers may run.
            mine = PlannerSettings.objects.filter(pk=settings.pk).exclude(weekly_sent_on__gte=monday)
            if mine.update(weekly_sent_on=monday):
                send(WEEK, to=settings.member.email, context={"member": settings.member_id})
                sent += 1
    return sent
