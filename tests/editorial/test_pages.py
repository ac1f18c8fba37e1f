"""Editorial pages, their pictures and documents are seen by those who may; for the others they do not exist."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from community.editorial.models import BasePage, HomePage, ResourcePage
from community.editorial.permissions import can_view_page
from community.editorial.querysets import readers_of_page
from community.law.actions import repeal_text
from community.law.models import LegalChange, LegalText
from community.members.models import Member
from community.moderation.models import ReviewItem
from community.moderation.replacing import proposals
from community.notifications.models import Notification
from search import service
from tests.factories import MemberFactory, MembershipFactory, SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    call_command("load_pages", verbosity=0)
    return HomePage.objects.get()


@pytest.mark.parametrize("name", ["charter", "data_protection", "accessibility"])
def test_the_pages_the_product_promises_are_open(client, home, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "<h1>" in response.text


def test_loading_twice_changes_nothing_and_an_edited_page_stays(home):
    ResourcePage.objects.filter(slug="charte").update(body="Notre charte.")
    before = list(BasePage.objects.values_list("pk", "path"))
    call_command("load_pages", verbosity=0)
    assert list(BasePage.objects.values_list("pk", "path")) == before
    assert ResourcePage.objects.get(slug="charte").body == "Notre charte."


def test_a_withdrawn_page_is_not_found_and_not_written_again(client, home):
    ResourcePage.objects.get(slug="charte").unpublish()
    call_command("load_pages", verbosity=0)
    assert client.get(reverse("charter")).status_code == 404


def test_the_body_is_sanitised(client, home):
    ResourcePage.objects.filter(slug="charte").update(
        body="<script>alert(1)</script> [x](javascript:alert(1)) **fort**"
    )
    text = client.get(reverse("charter")).text
    assert "<strong>fort</strong>" in text
    assert "alert(1)</script>" not in text
    assert 'href="javascript' not in text


@pytest.fixture
def section(home):
    """A network's section: a page in a private space, and a subpage that says nothing of the space."""
    space = SpaceFactory(private=True)
    parent = home.add_child(instance=ResourcePage(title="Réseau", slug="reseau", space=space, body="Secret."))
    child = parent.add_child(instance=ResourcePage(title="Compte rendu", slug="compte-rendu", body="Secret."))
    return space, parent, child


@pytest.mark.parametrize("role", ["anonymous", "member elsewhere", "newcomer", "staff", "guest", "member", "owner"])
def test_a_page_of_a_private_space_is_for_its_members(client, section, role):
    space, *pages = section
    inside = role in ("guest", "member", "owner")
    if inside:
        viewer = MembershipFactory(space=space, role=role).member
    else:
        viewer = (
            AnonymousUser()
            if role == "anonymous"
            else MemberFactory(newcomer=role == "newcomer", staff=role == "staff")
        )
    if role != "anonymous":
        client.force_login(viewer)
    for page in pages:
        assert can_view_page(viewer, page) == inside
        response = client.get(page.get_url())
        assert response.status_code == (200 if inside else 404)
        assert ("Secret." in response.text) == inside


def test_the_list_of_pages_leaves_out_what_the_viewer_may_not_see(client, section):
    space, parent, _child = section
    assert parent.title not in client.get(reverse("wagtail_serve", args=[""])).text
    client.force_login(MembershipFactory(space=space).member)
    assert parent.title in client.get(reverse("wagtail_serve", args=[""])).text


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_wagtails_own_restrictions_hide_as_absence_does(client, home, kind):
    page = home.add_child(instance=ResourcePage(title="Réservée", slug="reservee", body="Secret."))
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="mot de passe")
    editors = Group.objects.create(name="Rédaction")
    restriction.groups.add(editors)
    absent = client.get("/pages/absente/")
    refused = client.get(page.get_url())
    assert (refused.status_code, absent.status_code) == (404, 404)
    member, editor = MemberFactory(), MemberFactory()
    editor.groups.add(editors)
    told = readers_of_page(BasePage.objects.get(pk=page.pk), Member.objects.filter(pk__in=[member.pk, editor.pk]))
    for viewer, allowed in ((member, kind == "login"), (editor, kind in ("login", "groups"))):
        client.force_login(viewer)
        assert client.get(page.get_url()).status_code == (200 if allowed else 404)
        assert told.filter(pk=viewer.pk).exists() == allowed


def test_nobody_is_told_of_a_page_withdrawn(home):
    page, everybody = ResourcePage.objects.get(slug="charte"), Member.objects.filter(pk=MemberFactory().pk)
    assert readers_of_page(page, everybody).exists()
    page.unpublish()
    assert not readers_of_page(page, everybody).exists()


def test_a_draft_is_shown_to_nobody(client, home):
    page = home.add_child(instance=ResourcePage(title="Brouillon", slug="brouillon", live=False))
    client.force_login(MemberFactory(staff=True))
    assert client.get("/pages/brouillon/").status_code == 404
    assert not BasePage.objects.visible_to(MemberFactory()).filter(pk=page.pk).exists()


@pytest.fixture
def closed_collection():
    collection = Collection.get_first_root_node().add_child(name="Fermée")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
    return collection


def test_a_document_asks_for_an_account_and_its_collection_may_ask_for_more(client, closed_collection):
    Document = get_document_model()
    open_one = Document.objects.create(title="Guide", file=SimpleUploadedFile("guide.txt", b"lisible"))
    closed = Document.objects.create(
        title="Interne", file=SimpleUploadedFile("interne.txt", b"secret"), collection=closed_collection
    )
    for document in (open_one, closed):
        assert client.get(document.url).status_code == 302
    client.force_login(MemberFactory())
    served = client.get(open_one.url)
    assert b"".join(served.streaming_content) == b"lisible"
    assert "attachment" in served["Content-Disposition"]
    assert served["X-Content-Type-Options"] == "nosniff"
    etag = served["ETag"]
    for headers in ({}, {"HTTP_IF_NONE_MATCH": etag}, {"HTTP_RANGE": "bytes=0-2"}):
        assert client.get(closed.url, **headers).status_code == 404
    assert client.head(closed.url).status_code == 404


def test_a_picture_is_served_as_a_rendition_never_as_its_original(client, closed_collection):
    Image = get_image_model()
    shown = Image.objects.create(title="Cantine", file=get_test_image_file())
    hidden = Image.objects.create(title="Plan", file=get_test_image_file("plan.png"), collection=closed_collection)
    rendition, secret = shown.get_rendition("width-200"), hidden.get_rendition("width-200")
    served = client.get(rendition.url)
    assert served.status_code == 200
    assert served["Content-Type"].startswith("image/")
    assert client.get(secret.url).status_code == 404
    assert client.get(shown.file.url).status_code == 404
    assert client.get("/media/images/..%2fsecret_key").status_code == 404


def test_a_page_says_that_the_law_it_cites_is_out_of_force(client, home):
    law = LegalText.objects.create(
        slug="decret-2024-134", nature="decree", number="2024-134", short_title="Décret 2024-134", title="Décret"
    )
    LegalChange.objects.create(kind="legal_text", object_id=law.pk, change="created")
    page = home.add_child(instance=ResourcePage(title="Réemploi", slug="reemploi", body="Rien."))
    page.body = "Lisez le décret n° 2024-134."
    page.save_revision().publish()
    assert "Cite un texte abrogé" not in client.get(page.url).text
    law.repealed_on = timezone.localdate()
    law.save()
    LegalChange.objects.create(kind="legal_text", object_id=law.pk, change="repealed")
    assert "Cite un texte abrogé" in client.get(page.url).text
    page.body = "Lisez la loi."
    page.save_revision().publish()
    assert "Cite un texte abrogé" not in client.get(page.url).text


@pytest.fixture
def decrees():
    texts = [
        LegalText.objects.create(
            slug=number, nature="decree", number=number, short_title=f"Décret n° {number}", title="Parts"
        )
        for number in ("2021-900", "2024-900")
    ]
    LegalChange.objects.create(kind="legal_text", object_id=texts[0].pk, change="created")
    return texts


@pytest.fixture
def cited_page(home, decrees):
    """A page that cites a decree, its editor, and what the law says instead of it from today."""
    editor = MemberFactory()
    editor.groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
    page = home.add_child(instance=ResourcePage(title="Guide", slug="guide", body="Selon le décret 2021-900."))
    page.save_revision().publish()
    return page, editor


def test_a_change_of_law_queues_the_page_tells_its_editors_and_is_mended_in_one_post(
    client, decrees, cited_page, run_tasks
):
    (page, editor), (old, new) = cited_page, decrees
    jurist, reader = MemberFactory(), MemberFactory()
    jurist.expertises.create(kind="jurist")
    repeal_text(actor=jurist, text=old, on=timezone.localdate(), replaced_by=new)
    run_tasks()
    assert ReviewItem.objects.get(kind="page").object_id == page.pk
    told = Notification.objects.filter(reason="page_law_changed", target_id=page.pk)
    assert [each.member for each in told] == [editor]
    url = reverse("law_replace", args=["page", page.pk])
    for member, offered in ((reader, False), (jurist, False), (editor, True)):
        client.force_login(member)
        assert (url in client.get(page.get_url()).text) is offered
        assert client.get(url).status_code == (200 if offered else 403)
    client.force_login(jurist)
    assert page.title in client.get(reverse("law_review")).text
    client.force_login(editor)
    seen = proposals(editor, {("page", page.pk): page})["page", page.pk].seen
    client.post(url, {"seen": seen})
    page.refresh_from_db()
    assert (page.body, page.live, page.revisions.count()) == ("Selon le décret n° 2024-900.", True, 2)
    assert ReviewItem.objects.get(kind="page").state == "updated"
    assert client.post(url, {"seen": seen}).status_code == 409


def test_a_page_is_found_by_the_search_of_those_who_read_it(section, home):
    space, parent, _child = section
    member = MembershipFactory(space=space).member
    page = home.add_child(instance=ResourcePage(title="Zymotechnie", slug="zymo", body="Levures."))
    parent.body = "Une zymotechnie réservée."
    for each in (page, parent):
        each.save_revision().publish()
    for viewer, found in ((AnonymousUser(), {page.pk}), (MemberFactory(), {page.pk}), (member, {page.pk, parent.pk})):
        assert {row.obj.pk for row in service.search(viewer, "zymotechnie").rows} == found
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert service.search(AnonymousUser(), "zymotechnie").total == 0
    assert service.search(MemberFactory(), "zymotechnie").total == 1
    page.unpublish()
    assert service.search(MemberFactory(), "zymotechnie").total == 0
