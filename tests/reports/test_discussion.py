"""The thread where a report is discussed: opened by the first to speak, tied both ways, where the report is read."""

import pytest
from django.urls import reverse

from clauses.reports.addresses import experience_url
from community.core.models import Reference
from community.notifications.models import Notification, Subscription
from qa.addresses import question_url
from qa.models import Question
from tests.factories import ExperienceReportFactory, MemberFactory, MembershipFactory, SpaceFactory

pytestmark = pytest.mark.django_db
ASK = "/questions/poser/"


def open_thread(client, report, **fields):
    about = f"experience_report:{report.pk}"
    form = client.get(reverse("question_ask"), {"sujet": about}).context["form"]
    words = {"kind": "discussion", "title": form["title"].value() or "Une discussion", "body": "Et la garantie ?"}
    space = form["space"].value() or ""
    return client.post(reverse("question_ask"), {**words, "about": about, "space": space, **fields})


@pytest.fixture
def reader(client):
    member = MemberFactory()
    client.force_login(member)
    return member


def test_the_first_to_speak_opens_it_and_both_pages_lead_to_each_other(client, reader, run_tasks):
    report, follower = ExperienceReportFactory(), MemberFactory()
    Subscription.objects.create(member=follower, kind="experience_report", object_id=report.pk, level="all")
    assert "Ouvrir la discussion" in client.get(experience_url(report)).content.decode()
    open_thread(client, report)
    run_tasks()
    question = Question.objects.get()
    assert question.kind == "discussion"
    page = client.get(experience_url(report)).content.decode()
    assert question_url(question) in page
    assert "Ouvrir la discussion" not in page
    assert experience_url(report) in client.get(question_url(question)).content.decode()
    told = Notification.objects.get(reason="experience_discussed")
    assert (told.member, told.target_id) == (follower, question.pk)


def test_editing_the_thread_does_not_untie_it(client, reader):
    report = ExperienceReportFactory()
    open_thread(client, report)
    question = Question.objects.get()
    client.post(reverse("question_edit", args=[question.pk]), {"title": question.title, "body": "Autrement dit ?"})
    assert Reference.objects.filter(discusses=True, source_id=question.pk, target_id=report.pk).exists()


def test_it_stands_where_the_report_is_read(client, reader):
    space = SpaceFactory(private=True)
    MembershipFactory(space=space, member=reader)
    report = ExperienceReportFactory(space=space)
    open_thread(client, report)
    assert Question.objects.get().space == space
    Question.objects.all().delete()
    open_thread(client, report, space="")
    assert not Question.objects.exists()


def test_of_what_is_not_seen_no_thread_is_opened_and_nothing_is_told(client, reader):
    report = ExperienceReportFactory(space=SpaceFactory(private=True), title="Un récit réservé à son groupe")
    page = client.get(reverse("question_ask"), {"sujet": f"experience_report:{report.pk}"})
    assert report.title not in page.content.decode()
    open_thread(client, report)
    assert not Reference.objects.filter(discusses=True).exists()


def test_a_thread_that_is_not_seen_is_not_shown(client, reader):
    report = ExperienceReportFactory()
    open_thread(client, report)
    Question.objects.update(space=SpaceFactory(private=True))
    client.logout()
    page = client.get(experience_url(report)).content.decode()
    assert "Pas encore de discussion" in page


@pytest.mark.parametrize("about", ["experience_report:x", "clause:1", "rien", "experience_report:999999", "x:1"])
def test_a_made_up_subject_is_no_subject(client, reader, about):
    assert client.get(reverse("question_ask"), {"sujet": about}).context["form"].discussed is None
