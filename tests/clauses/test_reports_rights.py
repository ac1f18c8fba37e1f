"""Who says what became of a clause, and who reads it again."""

import pytest
from django.contrib.auth.models import AnonymousUser

from clauses.reports.models import UsageReport
from clauses.reports.permissions import can_edit_report, can_report
from tests.factories import ClauseFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    clause = ClauseFactory()
    return UsageReport.objects.create(clause=clause, member=MemberFactory(), version=clause.version)


def test_a_member_reports_on_what_is_published_and_seen(report):
    assert can_report(MemberFactory(), report.clause)


@pytest.mark.parametrize("traits", [{"draft": True}, {"in_review": True}])
def test_nobody_reports_on_what_is_not_published(traits):
    clause = ClauseFactory(**traits)
    assert not can_report(clause.author, clause)


def test_a_visitor_reports_on_nothing(report):
    assert not can_report(AnonymousUser(), report.clause)
    assert not can_edit_report(AnonymousUser(), report)
    assert not UsageReport.objects.visible_to(AnonymousUser()).exists()


def test_a_report_is_its_authors_alone(report):
    other = MemberFactory()
    assert can_edit_report(report.member, report)
    assert not can_edit_report(other, report)
    assert list(UsageReport.objects.visible_to(report.member)) == [report]
    assert not UsageReport.objects.visible_to(other).exists()


def test_a_report_on_a_clause_out_of_sight_is_out_of_reach(report):
    report.clause.state = "archived"
    report.clause.save()
    assert not can_edit_report(report.member, report)
    assert not UsageReport.objects.visible_to(report.member).exists()
