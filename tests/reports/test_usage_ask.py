"""« L’avez-vous utilisée dans un marché ? »: once, some months after a copy, and never again once settled."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from clauses.library.actions.copy import record_copy
from clauses.library.models import ClauseCopy
from clauses.reports.actions import ask_usages_unguarded, decline_usage, report_usage
from clauses.reports.actions.usage import Usage
from clauses.reports.actions.usage_ask import ASKS_A_RUN
from clauses.reports.models import UsageAsk, UsageReport
from clauses.reports.selectors.usage import usages_of
from community.notifications.models import Notification, Subscription
from community.notifications.selectors import unseen_count, unseen_keys
from tests.factories import ClauseFactory, MemberFactory, MembershipFactory, SpaceFactory

pytestmark = pytest.mark.django_db


def copied(member, clause, *, days_ago=None, form="plain"):
    copy = record_copy(clause=clause, actor=member, form=form)
    moment = timezone.now() - timedelta(days=settings.USAGE_ASK_DAYS + 1 if days_ago is None else days_ago)
    ClauseCopy.objects.filter(pk=copy.pk).update(last_at=moment)
    return copy


def test_a_copy_is_asked_about_once_whatever_its_forms():
    member, clause = MemberFactory(), ClauseFactory()
    copied(member, clause)
    copied(member, clause, form="docx")
    assert [ask_usages_unguarded() for _run in range(3)] == [1, 0, 0]
    told = Notification.objects.get()
    assert (told.member, told.reason, told.target_kind) == (member, "usage_asked", "usage_ask")
    assert unseen_count(member, unseen_keys(member)) == 1


@pytest.mark.parametrize("days_ago", [0, 119, 120 + 366])
def test_neither_too_early_nor_too_late(days_ago):
    copied(MemberFactory(), ClauseFactory(), days_ago=days_ago)
    assert ask_usages_unguarded() == 0


def test_who_answered_declined_or_muted_the_clause_is_not_asked():
    clause = ClauseFactory()
    told, declined, muted = MemberFactory(), MemberFactory(), MemberFactory()
    for member in (told, declined, muted):
        copied(member, clause)
    report_usage(clause=clause, actor=told, usage=Usage())
    decline_usage(clause=clause, actor=declined)
    Subscription.objects.create(member=muted, kind="clause", object_id=clause.pk, level="none")
    assert ask_usages_unguarded() == 0


def test_declined_it_is_not_asked_of_a_later_version():
    member, clause = MemberFactory(), ClauseFactory()
    copied(member, clause)
    ask_usages_unguarded()
    decline_usage(clause=clause, actor=member)
    clause.version = 2
    clause.save()
    copied(member, clause)
    assert ask_usages_unguarded() == 0


def test_rights_are_asked_again_on_the_day():
    clause = ClauseFactory(space=SpaceFactory(private=True))
    stayed, left = (MembershipFactory(space=clause.space).member for _ in range(2))
    for member in (stayed, left):
        copied(member, clause)
    left.memberships.all().delete()
    assert ask_usages_unguarded() == 1
    assert UsageAsk.objects.get().member == stayed


def test_a_dossier_of_clauses_is_asked_about_a_few_at_a_time():
    member = MemberFactory()
    for _number in range(ASKS_A_RUN + 1):
        copied(member, ClauseFactory())
    assert [ask_usages_unguarded() for _run in range(3)] == [ASKS_A_RUN, 1, 0]


def test_the_notification_leads_to_the_form_and_no_settles_it(client):
    member, clause = MemberFactory(), ClauseFactory()
    copied(member, clause)
    ask_usages_unguarded()
    client.force_login(member)
    page = client.get(reverse("notification_list")).content.decode()
    url = reverse("usage_answer", args=[UsageAsk.objects.get().pk])
    assert url in page
    assert "L’avez-vous utilisée" in client.get(url).content.decode()
    client.post(url, {"used": "non"})
    assert UsageAsk.objects.get().declined_at is not None
    assert not UsageReport.objects.exists()
    assert unseen_count(member, unseen_keys(member)) == 0


def test_a_yes_becomes_a_report_in_sixty_seconds(client):
    member, clause = MemberFactory(), ClauseFactory()
    copied(member, clause)
    ask_usages_unguarded()
    client.force_login(member)
    url = reverse("usage_answer", args=[UsageAsk.objects.get().pk])
    client.post(url, {"used": "oui", "outcome": "awarded", "bids": "4", "difficulty": "price", "would_reuse": "oui"})
    report = UsageReport.objects.get()
    assert (report.outcome, report.bids, report.difficulty, report.would_reuse) == ("awarded", 4, "price", True)
    assert unseen_count(member, unseen_keys(member)) == 0


def test_a_difficulty_is_told_when_two_of_three_met_it():
    clause = ClauseFactory()
    for difficulty in ("price", "price", "control"):
        report_usage(clause=clause, actor=MemberFactory(), usage=Usage(difficulty=difficulty))
    clause.refresh_from_db()
    figures = usages_of(MemberFactory(), clause).figures
    assert (figures.difficulty, figures.met, figures.asked_difficulty) == ("Le prix", 2, 3)
