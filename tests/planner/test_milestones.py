"""The calendar counted back from the first day of a contract."""

from datetime import date, timedelta

import pytest

from clauses.planner.milestones import SOON_DAYS, Milestone, due_days, launch_day, milestones, months_before
from clauses.planner.vocabularies import Procedure, Step

STARTS = date(2027, 9, 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 9, 1), 6, date(2027, 3, 1)),
        (date(2027, 3, 31), 1, date(2027, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 15), 1, date(2026, 12, 15)),
        (date(2027, 1, 31), 14, date(2025, 11, 30)),
    ],
)
def test_months_are_counted_on_the_calendar(day, months, expected):
    assert months_before(day, months) == expected


@pytest.mark.parametrize(
    ("procedure", "expected"),
    [
        ("", date(2027, 3, 1)),
        (Procedure.OPEN_CALL, date(2027, 3, 1)),
        (Procedure.ADAPTED, date(2027, 5, 1)),
        (Procedure.DIRECT, date(2027, 7, 1)),
    ],
)
def test_the_launch_depends_on_the_procedure(procedure, expected):
    assert launch_day(starts_on=STARTS, launch_on=None, procedure=procedure) == expected


def test_the_day_given_by_the_buyer_stands():
    given = date(2027, 3, 22)
    assert launch_day(starts_on=STARTS, launch_on=given, procedure=Procedure.DIRECT) == given


def test_the_facilitator_is_asked_four_months_ahead_and_sourcing_comes_before():
    days = due_days(launch=date(2027, 3, 1), needs_facilitator=True)
    assert days == {
        Step.SOURCE: date(2026, 10, 1),
        Step.FACILITATOR: date(2026, 11, 1),
        Step.OBLIGATIONS: date(2027, 2, 1),
        Step.LAUNCH: date(2027, 3, 1),
    }
    assert list(days) == list(Step)


def test_without_a_social_clause_there_is_no_facilitator_to_ask():
    days = due_days(launch=date(2027, 3, 1), needs_facilitator=False)
    assert Step.FACILITATOR not in days
    assert days[Step.SOURCE] == date(2026, 11, 1)


def test_what_comes_before_a_step_that_is_done_is_waited_for_no_more():
    days = due_days(launch=date(2027, 3, 1), needs_facilitator=True)
    found = milestones(days, {Step.OBLIGATIONS: date(2027, 1, 10)})
    assert [each.is_open for each in found] == [False, False, False, True]
    assert [each.is_passed for each in found] == [True, True, False, False]


@pytest.mark.parametrize(
    ("left", "late", "pressing"),
    [(-1, True, True), (0, False, True), (SOON_DAYS, False, True), (SOON_DAYS + 1, False, False)],
)
def test_a_step_presses_within_the_week_and_is_late_the_day_after(left, late, pressing):
    today = date(2026, 11, 22)
    step = Milestone(Step.SOURCE, today + timedelta(days=left))
    assert (step.is_late(today), step.is_pressing(today)) == (late, pressing)
    done = Milestone(Step.SOURCE, step.due_on, done_on=today)
    assert not done.is_late(today)
    assert not done.is_pressing(today)
