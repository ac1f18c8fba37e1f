"""A step is reminded once, to those who still read the row when it is told, and not once it is done."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from clauses.planner.actions.plan import PurchaseFields, edit_purchase
from clauses.planner.actions.settings import choose_reminders
from clauses.planner.actions.steps import mark_step_done, reopen_step
from clauses.planner.models import PlannerSettings, PurchaseShare, StepReminder
from clauses.planner.tasks import DAYS_BEFORE, remind_steps, send_weekly_mails
from community.notifications.models import Notification
from community.notifications.selectors import notification_page
from tests.factories import MemberFactory

from .support import STARTS, planned

pytestmark = pytest.mark.django_db
# Launch on 1 March 2027, sourcing four months before.
SOURCE = date(2026, 11, 1)


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), tick=False)


def told(member) -> list[str]:
    groups, _following = notification_page(member, unseen_only=True, before=None)
    return [line.sentence for group in groups for line in group.lines]


def remind(run_tasks) -> int:
    count = remind_steps.func()
    run_tasks()
    return count


def test_a_step_is_told_a_fortnight_before_then_on_its_day_and_once_each(run_tasks):
    owner = MemberFactory()
    planned(owner)
    with on(SOURCE - timedelta(days=DAYS_BEFORE + 1)):
        assert remind(run_tasks) == 0
    with on(SOURCE - timedelta(days=DAYS_BEFORE)):
        assert remind(run_tasks) == 1
        assert remind(run_tasks) == 0
    with on(SOURCE - timedelta(days=1)):
        assert remind(run_tasks) == 0
    with on(SOURCE):
        assert remind(run_tasks) == 1
        assert remind(run_tasks) == 0
    sentence = "Pour un achat à venir : sourcer, le 1er novembre 2026"
    assert told(owner) == [sentence, sentence]


def test_a_server_that_was_stopped_tells_a_few_days_late_and_no_more(run_tasks):
    planned(MemberFactory())
    with on(SOURCE + timedelta(days=3)):
        assert remind(run_tasks) == 1
    planned(MemberFactory())
    with on(SOURCE + timedelta(days=4)):
        assert remind(run_tasks) == 0


def test_colleagues_are_told_and_who_was_taken_off_meanwhile_is_not(run_tasks):
    owner, reader, left = MemberFactory(), MemberFactory(), MemberFactory()
    purchase = planned(owner)
    for member in (reader, left):
        PurchaseShare.objects.create(purchase=purchase, member=member, role="reader")
    with on(SOURCE):
        remind_steps.func()
        PurchaseShare.objects.filter(member=left).delete()
        run_tasks()
        assert [len(told(member)) for member in (owner, reader, left)] == [1, 1, 0]
    assert not Notification.objects.filter(member=left).exists()


@pytest.mark.parametrize("status", ["awarded", "dropped"])
def test_nothing_is_told_of_what_is_over(run_tasks, status):
    planned(MemberFactory(), status=status)
    with on(SOURCE):
        assert remind(run_tasks) == 0


def test_a_step_done_is_told_no_more_and_reopened_it_is_told_again(run_tasks):
    owner = MemberFactory()
    purchase = planned(owner)
    with on(SOURCE):
        remind(run_tasks)
        mark_step_done(actor=owner, purchase=purchase, step="source")
        assert told(owner) == []
        assert remind(run_tasks) == 0
        reopen_step(actor=owner, purchase=purchase, step="source")
        assert remind(run_tasks) == 1


def test_a_day_that_moves_takes_its_reminder_away(run_tasks):
    owner = MemberFactory()
    purchase = planned(owner)
    with on(SOURCE):
        remind(run_tasks)
        fields = PurchaseFields(title=purchase.title, starts_on=STARTS + timedelta(days=60))
        edit_purchase(actor=owner, purchase=purchase, changes=fields, status="planned", read_version=1)
        assert told(owner) == []
        assert not StepReminder.objects.exists()


@pytest.mark.parametrize(("before", "same_day", "expected"), [(True, False, [1, 1]), (False, True, [0, 1])])
def test_each_member_chooses_when_she_is_told(run_tasks, before, same_day, expected):
    owner, found = MemberFactory(), []
    choose_reminders(actor=owner, remind_before=before, remind_same_day=same_day, weekly_mail=False)
    planned(owner)
    for day in (SOURCE - timedelta(days=DAYS_BEFORE), SOURCE):
        with on(day):
            remind(run_tasks)
            found.append(len(told(owner)))
    assert found == expected


def test_reminders_cost_the_same_queries_however_many_rows_are_read(django_assert_num_queries):
    with on(SOURCE - timedelta(days=60)):
        for _number in range(3):
            planned(MemberFactory())
        with django_assert_num_queries(6):
            remind_steps.func()
        for _number in range(9):
            planned(MemberFactory())
        with django_assert_num_queries(6):
            remind_steps.func()


def wants_mail(**fields):
    member = MemberFactory(**fields)
    PlannerSettings.objects.create(member=member, weekly_mail=True)
    return member


def test_the_mail_of_the_week_leaves_once_and_says_what_presses(run_tasks):
    member = wants_mail()
    planned(member, title="Linge\nde l’hôpital")
    with on(date(2026, 11, 3)):
        send_weekly_mails.func()
        send_weekly_mails.func()
        run_tasks()
    (sent,) = mail.outbox
    assert sent.to == [member.email]
    assert "1er novembre 2026 : Sourcer, Linge de l’hôpital" in sent.body
    with on(date(2026, 11, 9)):
        send_weekly_mails.func()
        run_tasks()
    assert len(mail.outbox) == 2


def test_the_mail_is_read_again_when_it_leaves(run_tasks):
    """A row that was taken from her, a choice taken back, a closed account: nothing is sent."""
    reader, changed, gone = wants_mail(), wants_mail(), wants_mail()
    purchase = planned(MemberFactory())
    share = PurchaseShare.objects.create(purchase=purchase, member=reader, role="reader")
    planned(changed)
    planned(gone)
    with on(date(2026, 11, 3)):
        assert send_weekly_mails.func() == 3
        share.delete()
        choose_reminders(actor=changed, remind_before=True, remind_same_day=True, weekly_mail=False)
        gone.is_active = False
        gone.save()
        run_tasks()
    assert mail.outbox == []


def test_a_week_without_anything_pressing_has_no_mail(run_tasks):
    planned(wants_mail())
    with on(date(2026, 9, 7)):
        send_weekly_mails.func()
        run_tasks()
    assert mail.outbox == []
