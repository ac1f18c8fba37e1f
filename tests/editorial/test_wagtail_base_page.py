"""What ADR 1 relies on: Wagtail's acts on pages work with `editorial.BasePage` as `WAGTAIL_PAGE_MODEL`."""

from datetime import timedelta

import pytest
import swapper
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Workflow, WorkflowTask
from wagtail.models.workflows import GroupApprovalTask

from community.editorial.models import BasePage, HomePage, ResourcePage
from tests.factories import MemberFactory, SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    call_command("load_pages", verbosity=0)
    return HomePage.objects.get()


@pytest.fixture
def editor(client, monkeypatch):
    """A superuser past the second factor, which tests/members proves is asked for."""
    monkeypatch.setattr("community.members.middleware.lacks_second_factor", lambda member: False)
    member = MemberFactory(is_superuser=True, staff=True)
    client.force_login(member)
    return member


def form(**fields) -> dict:
    return {
        "title": "Guide",
        "slug": "guide",
        "body": "Un guide.",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    } | fields


def test_the_page_model_of_wagtail_is_ours():
    assert swapper.load_model("wagtailcore", "Page") is BasePage


def test_a_page_is_created_and_edited_in_the_cms(client, home, editor):
    space = SpaceFactory()
    created = client.post(
        reverse("wagtailadmin_pages:add", args=["editorial", "resourcepage", home.pk]),
        form(space=space.pk, **{"action-publish": "1"}),
    )
    page = ResourcePage.objects.get(slug="guide")
    assert created.status_code == 302
    assert page.live
    assert page.space == space
    client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form(body="Un guide relu.", space=space.pk, **{"action-publish": "1"}),
    )
    page.refresh_from_db()
    assert page.body == "Un guide relu."
    assert page.revisions.count() == 2


@pytest.fixture
def guide(home):
    return home.add_child(instance=ResourcePage(title="Guide", slug="guide", body="Un guide."))


def test_a_page_is_moved_and_copied(guide, home, editor):
    other = HomePage.objects.get().add_child(instance=ResourcePage(title="Dossier", slug="dossier"))
    guide.move(other, pos="last-child")
    guide.refresh_from_db()
    assert guide.get_parent().specific == other
    copy = guide.copy(to=home, update_attrs={"slug": "guide-2", "title": "Guide bis"}, user=editor)
    assert ResourcePage.objects.get(pk=copy.pk).body == "Un guide."
    assert copy.get_parent().specific == home
    assert BasePage.find_problems() == ([], [], [], [], [])


def test_a_page_goes_through_a_workflow(guide, editor):
    workflow = Workflow.objects.create(name="Relecture")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Accord"), sort_order=0)
    guide.body = "Un guide à relire."
    guide.save_revision(user=editor)
    state = workflow.start(guide, editor)
    assert guide.current_workflow_state == state
    state.current_task_state.approve(user=editor)
    state.refresh_from_db()
    guide.refresh_from_db()
    assert state.status == state.STATUS_APPROVED
    assert guide.body == "Un guide à relire."


def test_a_page_is_published_and_withdrawn_at_its_hours(home, guide):
    now = timezone.now()
    guide.body = "La suite."
    guide.go_live_at, guide.expire_at = now + timedelta(hours=1), now + timedelta(hours=3)
    guide.save_revision(approved_go_live_at=guide.go_live_at).publish()
    for hours, live in ((2, True), (4, False)):
        with time_machine.travel(now + timedelta(hours=hours)):
            call_command("publish_scheduled", verbosity=0)
        guide.refresh_from_db()
        assert guide.live == live
    assert guide.body == "La suite."


def test_a_redirect_to_a_page_is_followed(client, guide):
    Redirect.objects.create(old_path="/vieux-guide", redirect_page=guide)
    response = client.get("/vieux-guide/")
    assert response.status_code in (301, 302)
    assert response["Location"].endswith("/pages/guide/")


def test_the_cms_lists_and_searches_pages(client, guide, editor):
    assert "Guide" in client.get(reverse("wagtailadmin_explore", args=[guide.get_parent().pk])).text
    found = client.get(reverse("wagtailadmin_pages:search"), {"q": "guide"})
    assert found.status_code == 200
    assert "Guide" in found.text


def test_a_page_is_previewed_and_its_history_and_usage_are_shown(client, guide, editor):
    guide.save_revision(user=editor)
    for name in ("wagtailadmin_pages:history", "wagtailadmin_pages:usage", "wagtailadmin_pages:view_draft"):
        assert client.get(reverse(name, args=[guide.pk])).status_code == 200, name


@pytest.mark.parametrize("who", ["anonymous", "member", "verified member without rights"])
def test_the_cms_is_closed_to_those_without_a_right_there(client, who, monkeypatch):
    monkeypatch.setattr("community.members.middleware.lacks_second_factor", lambda member: False)
    if who != "anonymous":
        client.force_login(MemberFactory(newcomer=who == "member"))
    for path in (
        "/cms/",
        "/cms/pages/",
        "/cms/users/",
        "/cms/images/",
        "/cms/documents/",
        "/cms/reports/site-history/",
    ):
        response = client.get(path)
        assert response.status_code in (302, 403, 404), path
        assert "Wagtail" not in response.text
