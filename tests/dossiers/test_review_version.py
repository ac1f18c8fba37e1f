"""An opinion is of the text that was read: what moved meanwhile is read again, what moved since is said."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from clauses.dossiers.actions.items import Words, edit_item
from clauses.dossiers.models import ReviewRemark
from tests.dossiers.support import dossier_of, link_for, member, opened, with_article

pytestmark = pytest.mark.django_db
CHANGED = "Cet article a changé pendant votre lecture"
FORMER = "Avis donné sur une version précédente de cet article."
BEFORE, AFTER = "Sous huit jours.", "Sous trente jours."


@pytest.fixture
def dossier():
    return dossier_of(member("Ferrand"))


@pytest.fixture
def article(dossier):
    return with_article(dossier, title="Délai de livraison", text=BEFORE)


@pytest.fixture
def token(client, dossier, article):
    return opened(client, link_for(dossier))


@pytest.fixture
def url(token, article):
    return reverse("review_remark", args=[token, article.pk])


def rewrite(article, text: str = AFTER) -> None:
    article.refresh_from_db()
    words = Words(title=article.title, text=text, document=article.document)
    edit_item(item=article, actor=article.dossier.owner, words=words, expected=article.version)


def team_of(dossier) -> Client:
    team = Client()
    team.force_login(dossier.owner)
    return team


def form_in(page: str, url: str) -> dict[str, str]:
    """What the form of that address would post untouched: its hidden values and its wording."""
    form = page[page.index(f'action="{url}"') :]
    form = form[: form.index("</form>")]
    tags = [tag for tag in re.findall(r"<input[^>]*>", form) if 'type="hidden"' in tag and "csrf" not in tag]
    sent = {re.search(r'name="(\w+)"', tag)[1]: re.search(r'value="([^"]*)"', tag)[1] for tag in tags}
    wording = re.search(r'<textarea[^>]*name="proposal"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)[1]
    return sent | {"proposal": wording.strip()}


def page_of(client, token: str, query: str = "") -> str:
    return client.get(reverse("review_read", args=[token]) + query).content.decode()


def test_an_opinion_on_a_text_that_moved_comes_back_with_the_new_one(client, token, article, url):
    sent = form_in(page_of(client, token), url) | {"decision": "accept", "text": "Rien à redire."}
    rewrite(article)
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert CHANGED in page
    assert AFTER in page
    assert "Rien à redire." in page
    assert re.search(r'<input[^>]*value="accept"[^>]*checked', page)
    assert not ReviewRemark.objects.exists()
    again = form_in(page, url) | {"decision": "accept", "text": "Rien à redire."}
    assert client.post(url, again).status_code == 302
    remark = ReviewRemark.objects.get()
    assert (remark.item_version, remark.text) == (2, "Rien à redire.")


def test_a_wording_left_untouched_does_not_come_back_as_her_proposal(client, token, article, url):
    sent = form_in(page_of(client, token), url) | {"decision": "change", "text": "Trop court."}
    assert sent["proposal"] == BEFORE
    rewrite(article)
    again = form_in(client.post(url, sent).content.decode(), url)
    assert again["proposal"] == AFTER
    client.post(url, again | {"decision": "change", "text": "Trop court."})
    assert ReviewRemark.objects.get().proposal == ""


def test_a_wording_that_she_wrote_is_kept(client, token, article, url):
    sent = form_in(page_of(client, token), url) | {"decision": "change", "proposal": "Sous quinze jours."}
    rewrite(article)
    again = form_in(client.post(url, sent).content.decode(), url)
    assert again["proposal"] == "Sous quinze jours."
    client.post(url, again | {"decision": "change"})
    assert ReviewRemark.objects.get().proposal == "Sous quinze jours."


@pytest.mark.parametrize("version", [None, "", "trois", "-1", "9" * 40])
def test_a_post_that_does_not_say_what_was_read_stores_nothing(client, url, version):
    sent = {"decision": "accept"} | ({} if version is None else {"version": version})
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert CHANGED in answer.content.decode()
    assert not ReviewRemark.objects.exists()


def test_a_form_to_mend_still_says_the_version_that_was_read(client, token, article, url):
    sent = form_in(page_of(client, token), url)
    rewrite(article)
    page = client.post(url, sent)
    assert page.status_code == 422
    again = form_in(page.content.decode(), url) | {"decision": "accept"}
    assert client.post(url, again).status_code == 409


def test_the_same_form_sent_again_after_a_change_says_that_it_arrived(client, token, article, url):
    sent = form_in(page_of(client, token), url) | {"decision": "accept"}
    assert client.post(url, sent).status_code == 302
    rewrite(article)
    assert client.post(url, sent).status_code == 302
    assert ReviewRemark.objects.get().item_version == 1


@pytest.mark.parametrize("decision", ["accept", "comment"])
def test_an_opinion_on_a_former_version_says_so_wherever_it_is_read(client, dossier, token, article, url, decision):
    sent = form_in(page_of(client, token), url) | {"decision": decision, "text": "Vu."}
    assert client.post(url, sent).status_code == 302
    remark, team = ReviewRemark.objects.get(), team_of(dossier)
    addresses = [
        reverse("dossier_detail", args=[dossier.pk]),
        reverse("review_history", args=[dossier.pk]),
        reverse("review_remark_answer", args=[dossier.pk, remark.pk]),
    ]

    def counts() -> list[int]:
        pages = [team.get(address).content.decode() for address in addresses]
        return [page.count(FORMER) for page in (*pages, page_of(client, token))]

    assert counts() == [0, 0, 0, 0]
    rewrite(article)
    assert counts() == [1, 1, 1, 1]
    again = form_in(page_of(client, token, f"?avis={article.pk}"), url)
    assert client.post(url, again | {"decision": decision, "text": "Relu."}).status_code == 302
    # The history keeps the former opinion, still said to be one.
    assert counts() == [0, 1, 1, 0]


def test_the_preview_of_a_link_shows_its_documents_only(client, dossier, article):
    with_article(dossier, document="ccap", title="Pénalités de retard")
    link = link_for(dossier, documents=["ccap"])
    elsewhere = link_for(dossier_of(dossier.owner, "Autre marché"))
    team, url = team_of(dossier), reverse("review_preview", args=[dossier.pk])
    assert f"{url}?lien={link.pk}" in team.get(reverse("dossier_detail", args=[dossier.pk])).content.decode()
    page = team.get(url, {"lien": link.pk}).content.decode()
    assert "Pénalités de retard" in page
    assert article.title not in page
    assert article.title in team.get(url).content.decode()
    assert [team.get(url, {"lien": wrong}).status_code for wrong in (elsewhere.pk, "x", "")] == [404] * 3
