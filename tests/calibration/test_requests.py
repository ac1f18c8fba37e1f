"""A request from its sending to the hours done: who may, what joins the dossier, who is told, what is refused."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from clauses.calibration import permissions
from clauses.calibration.actions.answer import answer_calibration, decline_calibration, join_answer
from clauses.calibration.actions.ask import withdraw_calibration
from clauses.calibration.actions.facilitators import unconfirm_facilitator
from clauses.calibration.actions.follow import mark_awarded, tell_hours, withdraw_entry
from clauses.calibration.models import CalibrationRequest, HoursEntry
from clauses.calibration.selectors.requests import get_calibration_or_404, hours_of, received, sent, totals
from clauses.calibration.tasks import latest_quarter, remind_calibrations
from clauses.dossiers.models import DossierItem, DossierMember, DossierNote
from community.core.errors import Invalid, Refused
from community.notifications.selectors import notification_page
from tests.factories import MemberFactory

from .support import Case

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def case():
    return Case()


def lots_of(request) -> list:
    return list(request.lots.order_by("position"))


def answered(case, *, hours=(1_200, 0), **fields) -> CalibrationRequest:
    request = case.ask()
    figures = dict(zip((lot.pk for lot in lots_of(request)), hours, strict=True))
    return answer_calibration(actor=case.facilitator, request=request, hours=figures, **fields)


def told(member) -> set[str]:
    groups, _following = notification_page(member, unseen_only=True, before=None)
    return {line.notification.reason for group in groups for line in group.lines}


RIGHTS = {
    permissions.can_view_calibration: {"owner", "editor", "reader", "facilitator"},
    permissions.can_answer_calibration: {"facilitator"},
    permissions.can_withdraw_calibration: {"owner", "editor"},
}
AFTER = {
    permissions.can_join_answer: {"owner", "editor"},
    permissions.can_follow_hours: {"owner", "editor", "facilitator"},
}


@pytest.mark.parametrize("who", ["owner", "editor", "reader", "facilitator", "other", "staff"])
def test_each_right_is_of_its_side(case, who):
    people = {"other": MemberFactory(account_kind="facilitator", territory=case.place)}
    people["staff"] = MemberFactory(staff=True)
    member = people.get(who) or getattr(case, who)
    request = case.ask()
    for rule, allowed in RIGHTS.items():
        assert rule(member, request) is (who in allowed), rule.__name__
    for rule in AFTER:
        assert rule(member, request) is False, rule.__name__
    answer_calibration(actor=case.facilitator, request=request, hours={lot.pk: 1 for lot in lots_of(request)})
    request.refresh_from_db()
    for rule, allowed in AFTER.items():
        assert rule(member, request) is (who in allowed), rule.__name__
    assert permissions.can_ask_calibration(member, case.dossier) is (who in {"owner", "editor"})


def test_a_dossier_of_an_unverified_member_asks_nobody(case):
    case.owner.verified_at = None
    case.owner.save()
    with pytest.raises(PermissionDenied):
        case.ask()


def test_what_was_sent_twice_is_one_request_and_another_to_the_same_person_waits(case):
    token = uuid4()
    assert case.ask(client_token=token) == case.ask(client_token=token)
    with pytest.raises(Refused):
        case.ask()
    assert CalibrationRequest.objects.count() == 1


def test_nothing_leaves_when_whom_it_goes_to_changed_meanwhile(case):
    with pytest.raises(Refused):
        case.ask(kind="network")
    with pytest.raises(Invalid):
        case.ask(facilitator=MemberFactory().public_id)
    assert not CalibrationRequest.objects.exists()


def test_the_asked_are_told_then_the_dossiers_persons(case, run_tasks):
    request = case.ask()
    run_tasks()
    assert [told(each) for each in (case.facilitator, case.reader, case.owner)] == [{"calibration_asked"}, set(), set()]
    answer_calibration(actor=case.facilitator, request=request, hours={lot.pk: 1 for lot in lots_of(request)})
    run_tasks()
    assert [told(each) for each in (case.reader, case.owner)] == [{"calibration_answered"}] * 2


def test_a_confirmation_taken_back_closes_the_requests_that_it_opened(case, run_tasks):
    request = case.ask()
    run_tasks()
    unconfirm_facilitator(actor=MemberFactory(staff=True), member=case.facilitator)
    assert not CalibrationRequest.objects.visible_to(case.facilitator).exists()
    assert received(case.facilitator) == []
    assert told(case.facilitator) == set()
    with pytest.raises(PermissionDenied):
        answer_calibration(actor=case.facilitator, request=request, hours={})


def test_withdrawn_it_is_read_by_the_dossiers_persons_only(case):
    request = case.ask()
    withdraw_calibration(actor=case.editor, request=request)
    request.refresh_from_db()
    assert not permissions.can_view_calibration(case.facilitator, request)
    assert [each.pk for each in sent(case.reader)] == [request.pk]
    with pytest.raises(PermissionDenied):
        withdraw_calibration(actor=case.owner, request=request)


def test_a_wording_becomes_an_own_article_with_the_figures_in_its_notes(case):
    answered(
        case, publics="Allocataires du RSA", wording="Le titulaire réserve **1 200** heures.", note="Deux parcours"
    )
    item = DossierItem.objects.get()
    assert (item.dossier, item.document, item.kind, item.pillar) == (case.dossier, "ccap", "insertion", "social")
    assert "1 200" in item.html
    assert "Lot 1, repas livrés : 1\u202f200 h" in item.notes
    assert "Publics : Allocataires du RSA" in item.notes
    assert not DossierNote.objects.exists()


def test_figures_alone_and_later_corrections_are_notes_and_no_text_is_written_over(case):
    request = answered(case)
    assert not DossierItem.objects.exists()
    assert "1\u202f200 h" in DossierNote.objects.get().text
    hours = {lot.pk: 800 for lot in lots_of(request)}
    first = {"actor": case.facilitator, "request": request, "hours": hours, "read_answer": request.answered_at}
    request = answer_calibration(**first, wording="Huit cents heures.")
    item = DossierItem.objects.get()
    DossierItem.objects.filter(pk=item.pk).update(text="Le texte de l’équipe.")
    answer_calibration(**first | {"read_answer": request.answered_at}, wording="Neuf cents heures.")
    assert DossierItem.objects.get().text == "Le texte de l’équipe."
    assert DossierNote.objects.count() == 2


def test_a_form_sent_twice_is_one_answer(case, run_tasks):
    request = case.ask()
    hours = {lot.pk: 800 for lot in lots_of(request)}
    first, again = (answer_calibration(actor=case.facilitator, request=request, hours=hours) for _time in range(2))
    assert again.answered_at == first.answered_at
    assert DossierNote.objects.count() == 1
    with pytest.raises(Refused, match="depuis que vous l’avez ouverte"):
        answer_calibration(actor=case.facilitator, request=request, hours=hours, publics="Tous")


def test_whoever_left_the_dossier_leaves_the_answer_to_its_editors(case):
    request = case.ask(actor=case.editor)
    DossierMember.objects.filter(member=case.editor).delete()
    hours = {lot.pk: 10 for lot in lots_of(request)}
    answer_calibration(actor=case.facilitator, request=request, hours=hours, wording="Dix heures.")
    assert not DossierItem.objects.exists()
    request = CalibrationRequest.objects.get()
    for _time in range(2):
        join_answer(actor=case.owner, request=request)
    assert DossierItem.objects.count() == 1
    assert not DossierNote.objects.exists()


@pytest.mark.parametrize("hours", [{}, {0: 5}, None])
def test_every_lot_has_its_hours(case, hours):
    request = case.ask()
    figures = {lot.pk: -1 for lot in lots_of(request)} if hours is None else hours
    with pytest.raises(Invalid):
        answer_calibration(actor=case.facilitator, request=request, hours=figures)
    request.refresh_from_db()
    assert request.state == "sent"


def test_declined_the_request_says_why_and_somebody_else_may_be_asked(case, run_tasks):
    request = case.ask()
    decline_calibration(actor=case.facilitator, request=request, note="Voyez la maison de l’emploi.")
    run_tasks()
    assert told(case.owner) == {"calibration_declined"}
    assert case.ask().pk != request.pk
    request.refresh_from_db()
    with pytest.raises(PermissionDenied):
        join_answer(actor=case.owner, request=request)


def test_hours_are_told_by_both_sides_once_awarded_and_taken_back_by_who_told_them(case):
    request = answered(case)
    lot, other = lots_of(request)
    today = date.today()
    with pytest.raises(Refused):
        tell_hours(actor=case.owner, lot=lot, until=today, hours=10)
    mark_awarded(actor=case.owner, request=request, awarded_on=today - timedelta(days=90))
    token = uuid4()
    for _time in range(2):
        tell_hours(actor=case.facilitator, lot=lot, until=today, hours=300, client_token=token)
    mine = tell_hours(actor=case.editor, lot=lot, until=today - timedelta(days=30), hours=100)
    shown = get_calibration_or_404(case.reader, request.pk)
    first, second = hours_of(shown)
    assert (first.done, first.planned, first.share, first.until) == (400, 1_200, 33, today)
    assert (second.done, second.planned, second.share) == (0, 0, None)
    assert totals(hours_of(shown)) == (1_200, 400)
    with pytest.raises(PermissionDenied):
        withdraw_entry(actor=case.facilitator, entry=mine)
    withdraw_entry(actor=case.editor, entry=mine)
    assert totals(hours_of(get_calibration_or_404(case.reader, request.pk))) == (1_200, 300)
    assert HoursEntry.objects.count() == 2
    with pytest.raises(PermissionDenied):
        tell_hours(actor=case.reader, lot=other, until=today, hours=1)


@pytest.mark.parametrize("wrong", [{"hours": 0}, {"until": timedelta(days=1)}, {"until": timedelta(days=-91)}])
def test_hours_are_whole_and_between_the_award_and_today(case, wrong):
    request = answered(case)
    today = date.today()
    mark_awarded(actor=case.owner, request=request, awarded_on=today - timedelta(days=90))
    until = today + wrong.get("until", timedelta(0))
    with pytest.raises(Invalid):
        tell_hours(actor=case.owner, lot=lots_of(request)[0], until=until, hours=wrong.get("hours", 5))


@pytest.mark.parametrize("wrong", [{"awarded_on": date.max}, {"awarded_on": TODAY, "ends_on": date(2026, 1, 1)}])
def test_an_award_is_not_tomorrow_and_its_end_is_after_it(case, wrong):
    with pytest.raises(Invalid):
        mark_awarded(actor=case.owner, request=answered(case), **wrong)


def test_once_awarded_the_answer_stands(case):
    request = answered(case)
    mark_awarded(actor=case.owner, request=request, awarded_on=TODAY if date.today() >= TODAY else date.today())
    request.refresh_from_db()
    assert not permissions.can_answer_calibration(case.facilitator, request)


def test_a_quarter_is_counted_from_the_award_to_the_end():
    request = CalibrationRequest(awarded_on=date(2026, 1, 31), ends_on=date(2026, 9, 30))
    assert latest_quarter(request, date(2026, 4, 29)) is None
    assert latest_quarter(request, date(2026, 4, 30)) == date(2026, 4, 30)
    assert latest_quarter(request, date(2026, 8, 1)) == date(2026, 7, 31)
    # The last reading is asked in the quarter that follows the end, and none after.
    assert latest_quarter(request, date(2028, 1, 1)) == date(2026, 10, 31)


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), tick=False)


def test_an_answer_is_reminded_after_four_weeks_and_hours_each_quarter_once(case, run_tasks):
    with on(date(2026, 1, 5)):
        request = case.ask()
    with on(date(2026, 2, 1)):
        assert remind_calibrations.func() == 0
    with on(date(2026, 2, 2)):
        assert [remind_calibrations.func(), remind_calibrations.func()] == [1, 0]
        run_tasks()
        assert "calibration_reminder" in told(case.facilitator)
        hours = {lot.pk: 100 for lot in lots_of(request)}
        answer_calibration(actor=case.facilitator, request=request, hours=hours)
        request.refresh_from_db()
        mark_awarded(actor=case.owner, request=request, awarded_on=date(2026, 2, 1))
        assert remind_calibrations.func() == 0
    with on(date(2026, 5, 1)):
        assert [remind_calibrations.func(), remind_calibrations.func()] == [1, 0]
        tell_hours(actor=case.owner, lot=lots_of(request)[0], until=date(2026, 5, 1), hours=200)
    with on(date(2026, 8, 1)):
        assert remind_calibrations.func() == 0, "all the hours are done"
