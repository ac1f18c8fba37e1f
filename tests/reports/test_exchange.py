"""Moderators write to the author of a report who hides her name, and she answers: neither side learns a name."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from clauses.reports.actions import delete_experience, withdraw_experience
from clauses.reports.addresses import experience_url
from qa.models import ExchangeMessage, PrivateExchange
from qa.permissions import can_open_exchange, can_write_exchange
from tests.factories import ExperienceReportFactory, MemberFactory, MembershipFactory, SpaceFactory
from tests.qa.test_handlers import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    author = MemberFactory(first_name="Zoé", last_name="Nomcaché")
    space = SpaceFactory(visibility="open")
    MembershipFactory(space=space, member=author)
    MembershipFactory(space=space, role="moderator", member__last_name="Animatrice")
    return ExperienceReportFactory(author=author, space=space, naming="anonymous", title="Ce que la pénalité a donné")


@pytest.fixture
def as_(client, report):
    def sign_in(role: str):
        people = {"author": report.author, "stranger": MemberFactory(), "staff": MemberFactory(staff=True)}
        moderator = report.space.memberships.get(role="moderator").member
        client.force_login(people.get(role) or moderator)
        return client

    return sign_in


def opened(as_, report) -> str:
    start = reverse("content_exchange", args=["experience_report", report.pk])
    assert start in as_("moderator").get(experience_url(report)).content.decode()
    assert as_("moderator").get(start).status_code == 200
    return as_("moderator").post(start, {"text": "De quel lot s’agit-il ?"}).url


def test_an_exchange_about_a_report_hides_both_names(as_, report):
    address = opened(as_, report)
    assert "exchange" in told(report.author)
    read = as_("author").get(address).content.decode()
    assert "Animatrice" not in read
    assert "De quel lot" in read
    assert as_("author").post(address, {"text": "Du lot 2."}).status_code == 302
    moderator = report.space.memberships.get(role="moderator").member
    assert "exchange_answer" in told(moderator)
    seen = as_("moderator").get(address).content.decode()
    assert "Du lot 2." in seen
    assert not any(word in seen for word in ("Nomcaché", report.author.public_id, report.author.email))
    # Where it was begun, either side goes on with it.
    start = reverse("content_exchange", args=["experience_report", report.pk])
    assert [as_(role).get(start).url for role in ("author", "moderator")] == [address, address]


def test_a_visitor_is_asked_to_sign_in(client, report):
    start = reverse("content_exchange", args=["experience_report", report.pk])
    assert client.get(start).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["stranger", "staff"])
def test_it_is_nobody_elses(as_, report, role):
    address = opened(as_, report)
    start = reverse("content_exchange", args=["experience_report", report.pk])
    assert as_(role).get(address).status_code == 404
    assert as_(role).post(address, {"text": "Bonjour"}).status_code == 404
    assert as_(role).get(start).status_code == 403
    assert ExchangeMessage.objects.count() == 1


def test_a_signed_report_and_what_is_no_report_have_none(as_, report):
    signed = ExperienceReportFactory(space=report.space)
    moderator = as_("moderator")
    assert moderator.get(reverse("content_exchange", args=["experience_report", signed.pk])).status_code == 403
    assert moderator.get(reverse("content_exchange", args=["clause", 1])).status_code == 404
    assert moderator.get(reverse("content_exchange", args=["rien", report.pk])).status_code == 404


def test_nobody_writes_about_what_they_do_not_read(report):
    moderator = report.space.memberships.get(role="moderator").member
    assert can_open_exchange(moderator, report)
    assert not can_open_exchange(report.author, report)
    assert not can_write_exchange(AnonymousUser(), report)
    withdraw_experience(report=report, actor=report.author)
    report.refresh_from_db()
    assert not can_write_exchange(moderator, report)
    assert can_write_exchange(report.author, report)


def test_it_closes_with_the_report_and_goes_with_it(as_, report):
    address = opened(as_, report)
    withdraw_experience(report=report, actor=report.author)
    assert as_("moderator").get(address).status_code == 404
    assert as_("author").get(address).status_code == 200
    report.refresh_from_db()
    delete_experience(report=report, actor=report.author)
    assert not PrivateExchange.objects.exists()
