"""Who may do what with a report; who reads what is the table of tests/visibility."""

import pytest
from django.contrib.auth.models import AnonymousUser

from clauses.reports import permissions
from clauses.reports.models import ExperienceReport, ReportRevision, UsageAsk
from tests.factories import (
    ClauseFactory,
    ExperienceReportFactory,
    MemberFactory,
    MembershipFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db
STATES = {"published": {}, "draft": {"draft": True}, "withdrawn": {"withdrawn": True}, "hidden": {"hidden": True}}
ACTS = ("edit", "withdraw", "delete", "hide", "useful", "discuss", "exchange")
CAN = {
    "edit": permissions.can_edit_experience,
    "withdraw": permissions.can_withdraw,
    "delete": permissions.can_delete,
    "hide": permissions.can_hide,
    "useful": permissions.can_mark_useful,
    "discuss": permissions.can_discuss,
    "exchange": permissions.can_speak_privately,
}
# What each person may do in each state; nothing else.
MAY = {
    ("author", "published"): {"edit", "withdraw", "discuss"},
    ("author", "draft"): {"edit", "delete"},
    ("author", "withdrawn"): {"edit", "delete"},
    ("author", "hidden"): {"withdraw"},
    ("member", "published"): {"useful", "discuss"},
    ("staff", "published"): {"useful", "discuss", "hide"},
    ("staff", "hidden"): {"useful", "hide"},
}


@pytest.fixture
def people():
    return {
        "visitor": AnonymousUser(),
        "member": MemberFactory(),
        "staff": MemberFactory(staff=True),
        "author": MemberFactory(),
    }


@pytest.mark.parametrize(("who", "speaks"), [("visitor", False), ("member", False), ("staff", True), ("author", True)])
def test_moderators_and_an_unnamed_author_speak_privately(people, who, speaks):
    report = ExperienceReportFactory(author=people["author"], naming="anonymous")
    assert permissions.can_speak_privately(people[who], report) is speaks


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", ["visitor", "member", "staff", "author"])
def test_each_act_is_for_whom_the_table_says(people, who, state):
    report = ExperienceReportFactory(author=people["author"], **STATES[state])
    allowed = {act for act in ACTS if CAN[act](people[who], report)}
    assert allowed == MAY.get((who, state), set())


def test_who_left_a_space_takes_back_what_she_wrote_there_and_changes_it_no_more(people):
    report = ExperienceReportFactory(author=people["author"], space=SpaceFactory(private=True))
    assert not permissions.can_view_experience(people["author"], report)
    assert not permissions.can_edit_experience(people["author"], report)
    assert permissions.can_withdraw(people["author"], report)


def test_a_report_of_a_space_is_hidden_by_its_moderators_alone(people):
    space = SpaceFactory(private=True)
    report = ExperienceReportFactory(author=people["author"], space=space)
    moderator = MembershipFactory(space=space, role="moderator").member
    assert permissions.can_hide(moderator, report)
    assert not permissions.can_hide(people["staff"], report)
    assert not permissions.can_discuss(MembershipFactory(space=space, role="guest").member, report)


@pytest.mark.parametrize("hiding", [{"naming": "kind"}, {"hides_organisation": True}, {"rounds": True}])
def test_the_past_of_who_hides_something_is_hers_alone(people, hiding):
    report = ExperienceReportFactory(author=people["author"], **hiding)
    past = ReportRevision.objects.create(report=report, number=1, text="Avant.", created_at=report.published_at)
    for who, viewer in people.items():
        assert permissions.can_read_past(viewer, report) is (who == "author"), who
        assert (past in ReportRevision.objects.visible_to(viewer)) is (who == "author"), who


def test_the_past_of_a_signed_report_is_for_its_readers(people):
    report = ExperienceReportFactory(author=people["author"])
    past = ReportRevision.objects.create(report=report, number=1, text="Avant.", created_at=report.published_at)
    for viewer in people.values():
        assert permissions.can_read_past(viewer, report)
        assert past in ReportRevision.objects.visible_to(viewer)


def test_what_was_asked_is_seen_by_who_was_asked_while_she_reads_the_clause(people):
    ask = UsageAsk.objects.create(clause=ClauseFactory(), member=people["member"], version=1)
    for who, viewer in people.items():
        assert permissions.can_view_ask(viewer, ask) is (who == "member"), who
        assert (ask in UsageAsk.objects.visible_to(viewer)) is (who == "member"), who
    ask.clause.space = SpaceFactory(private=True)
    ask.clause.save()
    assert not permissions.can_view_ask(people["member"], ask)
    assert not UsageAsk.objects.visible_to(people["member"]).exists()


@pytest.mark.parametrize(("who", "expected"), [("visitor", False), ("member", True)])
def test_members_tell_in_the_open_community(people, who, expected):
    assert permissions.can_tell_in(people[who]) is expected


def test_drafts_are_found_by_their_author_again(people):
    draft = ExperienceReportFactory(author=people["author"], draft=True)
    assert list(ExperienceReport.objects.drafts_of(people["author"])) == [draft]
    assert not ExperienceReport.objects.drafts_of(people["member"]).exists()
