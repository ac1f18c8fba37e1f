"""In /cms/, the pages of a private space are absent for the editors who do not read it, whatever they may edit."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Revision

from community.editorial.models import HomePage, ResourcePage
from community.spaces.actions import open_break_glass
from tests.factories import MemberFactory, MembershipFactory, SpaceFactory

pytestmark = pytest.mark.django_db
SECRET, BELOW = "Jetonsection", "Jetondessous"


@pytest.fixture(scope="module")
def section_written(written_once):
    """A network's section in a private space, a page below it that says nothing of the space, and an open page."""
    call_command("load_pages", verbosity=0)
    home, space = HomePage.objects.get(), SpaceFactory(private=True)
    ResourcePage.subpage_types, before = ["editorial.ResourcePage"], ResourcePage.subpage_types
    page = home.add_child(instance=ResourcePage(title=SECRET, slug="section", space=space, body="Secret."))
    below = page.add_child(instance=ResourcePage(title=BELOW, slug="dessous", body="Secret."))
    opened = home.add_child(instance=ResourcePage(title="Jetonouvert", slug="ouvert", body="Texte."))
    for each in (page, below, opened):
        each.save_revision().publish()
    yield space, page, below, opened
    ResourcePage.subpage_types = before


@pytest.fixture
def section(section_written, db):
    return section_written


@pytest.fixture
def as_(client, monkeypatch, section):
    monkeypatch.setattr("community.members.middleware.lacks_second_factor", lambda member: False)

    def sign_in(who: str):
        rank = {"superuser": {"is_superuser": True, "is_staff": True}}.get(who.split("-")[0], {})
        member = MemberFactory(**rank)
        member.groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
        if who.endswith("-inside"):
            MembershipFactory(space=section[0], member=member)
        if who == "superuser-glass":
            reason = "Numéro de téléphone publié, signalé par un membre."
            open_break_glass(actor=member, space=section[0], reason=reason, hours=1)
        client.force_login(member)
        return client

    return sign_in


def addresses(page) -> dict[str, str]:
    revision = Revision.objects.for_instance(page).latest("pk")
    by_page = ("edit", "view_draft", "history", "copy", "move", "delete", "unpublish", "usage", "revisions_index")
    found = {name: reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in by_page}
    found["revision"] = reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk])
    found["compare"] = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", revision.pk])
    found["privacy"] = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    found["explore"] = reverse("wagtailadmin_explore", args=[page.pk])
    found["choose"] = reverse("wagtailadmin_choose_page_child", args=[page.pk])
    found["menu"] = reverse("wagtailadmin_api:pages:detail", args=[page.pk])
    return found


NAMES = [
    *("edit", "view_draft", "history", "copy", "move", "delete", "unpublish", "usage", "revisions_index"),
    *("revision", "compare", "privacy", "explore", "choose", "menu"),
]
LISTS = ["explorer", "search", "chooser", "chooser-search", "menu", "history", "aging", "dashboard"]


@pytest.mark.parametrize("who", ["editor", "superuser"])
@pytest.mark.parametrize("name", NAMES)
def test_no_address_of_a_closed_page_answers_its_editors(as_, section, who, name):
    client = as_(who)
    _space, page, below, opened = section
    for closed in (page, below):
        assert client.get(addresses(closed)[name]).status_code == 404, (name, closed)
    assert client.get(addresses(opened)[name]).status_code in (200, 302), name


@pytest.mark.parametrize("who", ["editor-inside", "superuser-inside", "superuser-glass"])
def test_those_who_read_the_space_edit_its_pages(as_, section, who):
    client = as_(who)
    for page in section[1:]:
        assert client.get(addresses(page)["edit"]).status_code == 200
    assert BELOW in client.get(reverse("wagtailadmin_explore", args=[section[1].pk])).content.decode()


def lists(section) -> dict[str, str]:
    home = section[3].get_parent()
    return {
        "explorer": reverse("wagtailadmin_explore", args=[home.pk]),
        "search": reverse("wagtailadmin_pages:search") + "?q=Jeton",
        "chooser": reverse("wagtailadmin_choose_page_child", args=[home.pk]),
        "chooser-search": reverse("wagtailadmin_choose_page_search") + "?q=Jeton",
        "menu": reverse("wagtailadmin_api:pages:listing") + f"?child_of={home.pk}&fields=*",
        "history": reverse("wagtailadmin_reports:site_history"),
        "aging": reverse("wagtailadmin_reports:aging_pages"),
        "dashboard": reverse("wagtailadmin_home"),
    }


@pytest.mark.parametrize("who", ["editor", "superuser", "editor-inside"])
@pytest.mark.parametrize(
    "name", ["explorer", "search", "chooser", "chooser-search", "menu", "history", "aging", "dashboard"]
)
def test_no_list_of_the_editing_side_shows_a_closed_page(as_, section, who, name):
    answer = as_(who).get(lists(section)[name])
    if answer.status_code == 302:
        assert name in ("history", "aging"), "a report that is not for editors"
        return
    assert answer.status_code == 200
    text = answer.content.decode()
    if who != "editor-inside":
        assert SECRET not in text
        assert BELOW not in text
    elif name in ("explorer", "chooser", "menu"):
        assert SECRET in text


def test_a_closed_page_is_not_changed_by_a_post(as_, section):
    client = as_("superuser")
    _space, page, _below, opened = section
    edit = addresses(page)["edit"]
    assert client.post(edit, {"title": "Changé", "slug": "section", "body": "x"}).status_code == 404
    move = reverse("wagtailadmin_pages:move_confirm", args=[opened.pk, page.pk])
    assert client.post(move).status_code == 404
    page.refresh_from_db()
    assert page.title == SECRET


@pytest.mark.parametrize("who", ["editor", "superuser"])
@pytest.mark.parametrize("chosen", ["one", "all"])
def test_acts_on_many_pages_leave_the_closed_ones_alone(as_, section, who, chosen):
    client = as_(who)
    _space, page, _below, _opened = section
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    pages = f"id={page.pk}" if chosen == "one" else f"id=all&childOf={page.get_parent().pk}"
    query = f"?{pages}&next=/cms/"
    asked = client.get(address + query)
    assert BELOW not in asked.content.decode()
    client.post(address + query, {"include_descendants": "on"})
    page.refresh_from_db()
    assert page.live
