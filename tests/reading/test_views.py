from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from community.core.models import Attachment
from community.reading import drafts as draft_forms
from community.reading import selectors
from community.reading.models import Bookmark, Draft
from community.reading.purge import purge_drafts, uploads_in_drafts
from tests.factories import MemberFactory, SpaceFactory
from tests.support.hostile import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MemberFactory()


@pytest.fixture
def as_member(client, member):
    client.force_login(member)
    return client


def test_a_form_sent_while_typing_is_kept_without_its_secrets(as_member, member):
    answer = as_member.post(
        reverse("draft_save", args=["answer:4"]),
        {"body": "Mon texte", "tags": ["a", "b"], "csrfmiddlewaretoken": "x", "password": "y"},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 200
    assert answer.json()["draft"] == "answer:4"
    assert selectors.get_draft(member, "answer:4").fields == {"body": "Mon texte", "tags": ["a", "b"]}


def test_a_draft_may_be_sent_as_json(as_member, member):
    url = reverse("draft_save", args=["question"])
    assert (
        as_member.post(url, {"title": "T"}, "application/json", headers={"accept": "application/json"}).status_code
        == 200
    )
    assert selectors.get_draft(member, "question").fields == {"title": "T"}


def test_the_files_of_a_draft_kept_without_javascript_are_kept_with_it(as_member, member):
    files = [SimpleUploadedFile("photo.png", picture()), SimpleUploadedFile("vide.exe", b"MZ")]
    page = as_member.post(reverse("draft_save", args=["question"]), {"body": "Mon texte", "files": files}, follow=True)
    stored = Attachment.objects.get(owner=member)
    assert selectors.get_draft(member, "question").fields == {"body": f"Mon texte\n\n{stored.markdown}\n"}
    assert "vide.exe" in page.content.decode()


@pytest.mark.parametrize("body", ["[", "[]", "3", "[" * 100_000])
def test_a_broken_json_draft_is_refused_with_a_sentence(as_member, body):
    url = reverse("draft_save", args=["question"])
    answer = as_member.generic("POST", url, body, "application/json", headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_a_session_that_ended_answers_401_to_the_page_that_writes(client):
    answer = client.post(reverse("draft_save", args=["question"]), headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert answer["X-Login-Url"] == reverse("account_login")


@pytest.mark.parametrize(("body", "status"), [("é" * 31_000, 302), (f"Un texte long {'é' * 60_000}", 422)])
def test_a_draft_that_is_refused_without_javascript_gives_its_text_back(as_member, body, status):
    response = as_member.post(reverse("draft_save", args=["question"]), {"body": body})
    assert response.status_code == status
    if status == 422:
        page = response.content.decode()
        assert "60 000 caractères au plus" in page
        assert body in page


def test_saving_too_often_without_javascript_keeps_the_text_as_it_says(as_member, monkeypatch):
    monkeypatch.setattr("community.reading.views.SAVES.__class__.allowed", lambda limit, member: 1)
    url, fields = reverse("draft_save", args=["question"]), {"title": "Un titre à garder", "kind": "question"}
    assert as_member.post(url, fields).status_code == 302
    response = as_member.post(url, fields)
    page = response.content.decode()
    assert (response.status_code, int(response["Retry-After"]) > 0) == (429, True)
    assert "Votre texte est gardé" in page and "Un titre à garder" in page
    assert f'action="{url}"' in page


def test_saving_too_often_says_when_to_retry(as_member, monkeypatch):
    monkeypatch.setattr("community.reading.views.SAVES.__class__.allowed", lambda limit, member: 1)
    url = reverse("draft_save", args=["question"])
    assert as_member.post(url, {}, headers={"accept": "application/json"}).status_code == 200
    answer = as_member.post(url, {}, headers={"accept": "application/json"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_drafts_are_listed_with_their_place_or_as_no_longer_accessible(as_member, member, monkeypatch):
    Draft.objects.create(member=member, key="answer:1", fields={"body": "Premier  texte"})
    Draft.objects.create(member=member, key="answer:2", fields={"body": "Second texte"})
    Draft.objects.create(member=MemberFactory(), key="answer:1", fields={"body": "Celui d’une autre"})
    place = draft_forms.DraftPlace(label="Réponse", title="Titre du fil", url="/questions/1/")
    monkeypatch.setitem(draft_forms._describers, "answer", lambda member, keys: {"answer:1": place})
    page = as_member.get(reverse("draft_list")).content.decode()
    assert "Premier texte" in page
    assert "Titre du fil" in page
    assert "Second texte" in page
    assert page.count("Ce contenu n’est plus accessible") == 1
    assert "Celui d’une autre" not in page


def test_discarding_a_draft_leaves_the_others(as_member, member):
    for key in ("question", "answer:2"):
        Draft.objects.create(member=member, key=key)
    foreign = Draft.objects.create(member=MemberFactory(), key="question")
    assert as_member.post(reverse("draft_discard", args=["question"])).status_code == 302
    assert list(Draft.objects.order_by("pk")) == [Draft.objects.get(member=member, key="answer:2"), foreign]


def test_a_bookmark_is_kept_then_let_go_and_leads_back(as_member, member):
    space = SpaceFactory()
    url = reverse("bookmark_toggle", args=["space", space.pk])
    answer = as_member.post(url, {"next": "/questions/?page=2"})
    assert (answer.status_code, answer["Location"]) == (302, "/questions/?page=2")
    assert Bookmark.objects.filter(member=member, kind="space", object_id=space.pk).exists()
    as_member.post(url)
    assert not Bookmark.objects.exists()


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_a_bookmark_never_leads_to_another_site(as_member, address):
    answer = as_member.post(reverse("bookmark_toggle", args=["space", SpaceFactory().pk]), {"next": address})
    assert answer["Location"] == reverse("bookmark_list")


def test_keeping_the_forbidden_and_the_absent_answer_alike(as_member):
    hidden = SpaceFactory(private=True)
    forbidden = as_member.post(reverse("bookmark_toggle", args=["space", hidden.pk]))
    absent = as_member.post(reverse("bookmark_toggle", args=["space", 10**9]))
    unknown = as_member.post(reverse("bookmark_toggle", args=["elf", 1]))
    assert forbidden.status_code == absent.status_code == unknown.status_code == 404
    assert not Bookmark.objects.exists()


def test_htmx_gets_the_button_alone(as_member):
    space = SpaceFactory(name="Espace des cantines")
    answer = as_member.post(reverse("bookmark_toggle", args=["space", space.pk]), headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert 'aria-pressed="true"' in page
    assert "Espace des cantines" in page
    assert "<html" not in page


def test_the_list_shows_what_is_still_visible_and_no_title_of_the_rest(as_member, member):
    shown, hidden = SpaceFactory(name="Espace ouvert"), SpaceFactory(private=True, name="Espace fermé")
    for space in (shown, hidden):
        Bookmark.objects.create(member=member, kind="space", object_id=space.pk)
    page = as_member.get(reverse("bookmark_list")).content.decode()
    assert "Espace ouvert" in page
    assert "Espace fermé" not in page
    assert page.count("Ce contenu n’est plus accessible") == 1


def test_the_list_costs_the_same_with_one_and_fifty(as_member, member, django_assert_max_num_queries):
    for space in SpaceFactory.create_batch(50):
        Bookmark.objects.create(member=member, kind="space", object_id=space.pk)
    with django_assert_max_num_queries(12):
        as_member.get(reverse("bookmark_list"))


def test_bookmarks_are_paged_both_ways(member):
    spaces = SpaceFactory.create_batch(selectors.PER_PAGE + 5)
    for space in spaces:
        Bookmark.objects.create(member=member, kind="space", object_id=space.pk)
    first = selectors.bookmarks_of(member)
    second = selectors.bookmarks_of(member, before=first.older)
    assert (len(first.rows), first.newer) == (selectors.PER_PAGE, None)
    assert (len(second.rows), second.older) == (5, None)
    assert selectors.bookmarks_of(member, after=second.newer) == first


@pytest.mark.parametrize("query", ["?avant=x", "?avant=" + "9" * 40, "?apres=²", "?avant=-1"])
def test_a_strange_page_address_is_no_error(as_member, query):
    assert as_member.get(reverse("bookmark_list") + query).status_code == 200


def test_old_drafts_are_purged_and_recent_ones_kept(member):
    Draft.objects.create(member=member, key="question")
    old = Draft.objects.create(member=member, key="answer:1")
    Draft.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=181))
    assert purge_drafts() == 1
    assert Draft.objects.get().key == "question"


def test_uploads_that_a_draft_mentions_are_kept(member):
    Draft.objects.create(member=member, key="question", fields={"body": "![x](/fichiers/abc123/x.png)"})
    assert uploads_in_drafts(["abc123", "zzz999"]) == {"abc123"}
