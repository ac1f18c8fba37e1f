"""The page where one asks: publishing, mending, previewing, the guard, drafts; without JavaScript."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.law.models import LegalProvision, LegalText
from community.reading.models import Draft
from community.taxonomy.models import Tag
from qa.addresses import question_url
from qa.models import Question
from qa.question_templates import TEMPLATES
from tests.factories import (
    ClauseFactory,
    MemberFactory,
    MembershipFactory,
    PurchaseFamilyFactory,
    QuestionFactory,
    SpaceFactory,
)
from tests.support.hostile import TEXTS, assert_harmless_html, picture

pytestmark = pytest.mark.django_db

TITLE = "Comment peser le critère environnemental ?"
FIELDS = {"kind": "question", "title": TITLE, "body": "Sur un **MAPA**.", "attach": "nothing", "naming": "name"}
SECRET = "La société Delcourt propose 148 000 € dans son offre."


@pytest.fixture
def member(client):
    member = MemberFactory()
    client.force_login(member)
    return member


def ask(client, **changes):
    return client.post(reverse("question_ask"), FIELDS | changes)


def test_a_visitor_is_sent_to_sign_in(client):
    response = client.get(reverse("question_ask"))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_the_page_shows_the_form_its_audience_and_the_outlines(client, member):
    page = client.get(reverse("question_ask")).content.decode()
    assert "Visible par tous, même sans compte." in page
    assert all(str(template.label) in page for template in TEMPLATES)
    assert str(member) in page, "how one appears is shown before choosing"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_an_outline_fills_the_form(client, member, template):
    page = client.get(reverse("question_ask"), {"modele": template.key}).content.decode()
    assert str(template.title) in page


def test_a_question_is_published_and_opened(client, member):
    family = PurchaseFamilyFactory()
    response = ask(client, attach="purchase", family=family.pk, amount="under_140k", tags="bio, réemploi")
    question = Question.objects.get()
    assert (question.author, question.family, question.amount) == (member, family, "under_140k")
    assert {tag.name for tag in question.tags.all()} == {"bio", "réemploi"}
    assert response.status_code == 302
    assert response["Location"] == reverse("question_detail", args=[question.pk, question.slug])


def test_of_the_two_cards_only_the_chosen_one_counts(client, member):
    ask(client, attach="nothing", family=PurchaseFamilyFactory().pk, amount="under_140k")
    question = Question.objects.get()
    assert (question.family, question.amount) == (None, "")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "Court"}, "au moins 15"),
        ({"body": ""}, "Décrivez votre situation en"),
        ({"kind": "sondage"}, "sondage"),
        ({"attach": "purchase", "cpv": "12"}, "huit chiffres"),
        ({"when": "embargo"}, "date prévue"),
        ({"tags": "a,b,c,d,e,f"}, "au plus 5"),
        ({"space": "999999"}, "liste"),
    ],
)
def test_a_mistake_comes_back_with_the_text_and_422(client, member, changes, said):
    response = ask(client, tried="Le guide de la DAJ", **changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Le guide de la DAJ" in page
    assert not Question.objects.exists()


def test_a_place_where_one_may_not_ask_does_not_exist(client, member):
    space = SpaceFactory(private=True)
    response = ask(client, space=space.pk)
    assert response.status_code == 422
    assert space.name not in response.content.decode()


def test_the_audience_of_a_private_space_is_counted_for_those_who_ask_there(client, member):
    space = MembershipFactory(member=member, space=SpaceFactory(private=True)).space
    MembershipFactory(space=space)
    assert "2 personnes peuvent lire" in client.get(reverse("question_audience"), {"space": space.pk}).content.decode()
    other = SpaceFactory(private=True)
    assert "Visible par tous" in client.get(reverse("question_audience"), {"space": other.pk}).content.decode()


def test_the_guard_asks_before_publishing_and_lets_each_passage_be_decided(client, member):
    response = ask(client, body=SECRET)
    page = response.content.decode()
    assert response.status_code == 200
    assert not Question.objects.exists()
    excerpts = re.findall(r'name="mask" value="([^"]*)"', page)
    assert len(excerpts) == 2
    assert "<mark>148 000 €</mark>" in page
    masked = ask(client, body=SECRET, mask="148 000 €").content.decode()
    assert "propose […] dans son offre" in masked
    kept = ask(client, body=SECRET, keep=excerpts[0]).content.decode()
    assert len(re.findall(r'name="mask"', kept)) == 1
    ask(client, body=SECRET, kept=excerpts)
    assert Question.objects.get().body == SECRET


def test_the_guard_can_be_passed_at_once(client, member):
    ask(client, body=SECRET, guard_acknowledged="1")
    assert Question.objects.count() == 1


def test_the_preview_is_what_is_stored(client, member):
    body = "| a | b |\n| --- | ---: |\n| 1 | 2 |\n\n*Voilà*, [lien](https://exemple.fr)"
    page = ask(client, body=body, preview="1").content.decode()
    assert not Question.objects.exists()
    ask(client, body=body)
    assert Question.objects.get().body_html in page
    assert ask(client, body=body, preview="1").status_code == 200
    assert client.post(reverse("question_preview"), FIELDS | {"preview": "1"}).status_code == 200


def test_the_preview_shows_the_date_and_the_tags_that_the_page_will_show(client, member):
    stands = Tag.objects.create(name="Alimentation", slug="alimentation")
    Tag.objects.create(name="Nourriture", slug="nourriture", stands_for=stands)
    fields = {"tags": "nourriture, #Zéro  déchet, zero dechet", "needed_by": "2031-03-14", "attach": "purchase"}
    preview = ask(client, preview="1", **fields).content.decode()
    preview = preview[preview.index('id="apercu"') :].split("</article>")[0]
    ask(client, **fields)
    page = client.get(question_url(Question.objects.get())).content.decode()
    page = page[page.index('id="question"') :].split("</article>")[0]
    fact = re.compile(r"Réponse utile avant le.*?</span>")
    assert fact.findall(preview) == fact.findall(page) != []
    tag = re.compile(r'class="tag"[^>]*>([^<]*)<')
    assert sorted(tag.findall(preview)) == sorted(tag.findall(page)) == ["Alimentation", "Zéro déchet"]


def test_resembling_questions_are_proposed_from_ten_characters_among_those_one_may_see(client, member, indexed):
    QuestionFactory(title="Pondération environnementale sur un marché de mobilier")
    QuestionFactory(title="Pondération environnementale confidentielle", space=SpaceFactory(private=True))
    indexed()
    url = reverse("question_similar")
    found = client.get(url, {"title": "Quelle pondération environnementale ?"}).content.decode()
    assert "sur un marché de mobilier" in found
    assert "confidentielle" not in found
    assert "mobilier" not in client.get(url, {"title": "Pondér"}).content.decode()


def test_clauses_and_articles_are_proposed_too_at_a_constant_price(client, member, indexed):
    text = LegalText.objects.create(slug="code-essai", nature="code", short_title="Code d’essai", title="Code d’essai")

    def propose() -> tuple[str, int]:
        indexed()
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("question_similar"), {"title": "Quelle pondération environnementale ?"})
        return page.content.decode(), len(captured)

    title = "Pondération des critères"
    for number in range(4):
        LegalProvision.objects.create(text=text, key=f"L{number}", label=f"L. {number}", title=title)
        ClauseFactory(title=f"Pondération environnementale {number}")
        ClauseFactory(title="Pondération environnementale confidentielle", space=SpaceFactory(private=True))
        if number == 0:
            propose()
            found, few = propose()
    assert "Pondération environnementale 0" in found and "L. 0, Pondération des critères" in found
    found, many = propose()
    assert found.count("Pondération environnementale") == found.count("Pondération des critères") == 3
    assert "confidentielle" not in found
    assert many <= few <= 20


def test_an_embargoed_question_is_its_authors_until_she_publishes_it(client, member):
    date = (timezone.localdate() + timedelta(days=30)).isoformat()
    ask(client, when="embargo", publish_after=date)
    question = Question.objects.get()
    assert question.state == "embargoed"
    client.post(reverse("question_publish", args=[question.pk]))
    question.refresh_from_db()
    assert question.state == "open"
    assert client.post(reverse("question_publish", args=[question.pk])).status_code == 409


def test_another_member_finds_no_embargoed_question_to_publish(client, member):
    question = QuestionFactory(state="embargoed")
    assert client.post(reverse("question_publish", args=[question.pk])).status_code == 404


def test_a_double_click_asks_once(client, member):
    page = client.get(reverse("question_ask")).content.decode()
    token = re.search(r'name="client_token" value="([0-9a-f-]{36})"', page)[1]
    first = ask(client, client_token=token)
    second = ask(client, client_token=token)
    assert Question.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_a_nonsense_token_is_ignored(client, member):
    assert ask(client, client_token="' OR 1").status_code == 302


def test_past_the_limit_the_text_is_kept_and_the_delay_is_said(client):
    client.force_login(MemberFactory(newcomer=True))
    for number in range(3):
        ask(client, body=f"Texte {number}.")
    response = ask(client, body="Un quatrième texte.")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Un quatrième texte." in response.content.decode()


def test_a_draft_is_resumed_and_leaves_when_it_is_published(client, member):
    fields = {"title": "Un titre commencé ailleurs", "body": "Un début.", "attach": "theme", "draft": "question:abc"}
    Draft.objects.create(member=member, key="question:abc", fields=fields)
    assert "Un titre commencé ailleurs" in client.get(reverse("question_ask")).content.decode()
    page = client.get(reverse("question_ask"), {"brouillon": "question:abc"}).content.decode()
    assert "Un début." in page
    ask(client, draft="question:abc")
    assert not Draft.objects.exists()


def test_the_draft_of_another_is_nothing(client, member):
    Draft.objects.create(member=MemberFactory(), key="question:abc", fields={"body": "Secret."})
    page = client.get(reverse("question_ask"), {"brouillon": "question:abc"}).content.decode()
    assert "Secret." not in page


def test_a_file_without_javascript_ends_in_the_text(client, member):
    file = SimpleUploadedFile("plan.png", picture(), content_type="image/png")
    ask(client, files=[file])
    question = Question.objects.get()
    assert "/fichiers/" in question.body
    assert "<img" in question.body_html


def test_a_refused_file_says_why_and_keeps_the_text(client, member):
    file = SimpleUploadedFile("virus.exe", b"MZ" + b"\x00" * 64)
    response = ask(client, files=[file])
    assert response.status_code == 422
    assert "virus.exe" in response.content.decode()
    assert "MAPA" in response.content.decode()
    assert not Question.objects.exists()


def test_an_announcement_is_proposed_to_those_who_animate_only(client, member):
    assert re.search(r'value="announcement"[^>]*disabled', client.get(reverse("question_ask")).content.decode())
    space = MembershipFactory(member=member, role="moderator").space
    assert not re.search(r'value="announcement"[^>]*disabled', client.get(reverse("question_ask")).content.decode())
    until = (timezone.localdate() + timedelta(days=9)).isoformat()
    ask(client, kind="announcement", space=space.pk, pinned_until=until)
    assert Question.objects.get().kind == "announcement"
    assert ask(client, kind="announcement", pinned_until=until, body="Ailleurs.").status_code == 403


def handlers_in(page: str) -> list[str]:
    """The attributes of the page that a browser would run."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.extend(name for name, _value in attrs if name.startswith("on"))
    parser.feed(page)
    return found


@pytest.mark.parametrize("text", [text for text in TEXTS if not re.search("[\ud800-\udfff]", text)])
def test_hostile_values_come_back_harmless(client, member, text):
    values = {"title": text, "body": text, "tried": text, "tags": text, "cpv": text, "kept": text, "mask": text}
    response = ask(client, preview="1", **values)
    assert response.status_code in (200, 422)
    page = response.content.decode()
    scripts = re.findall(r"<script[^>]*>", page, re.IGNORECASE)
    assert all("/static/" in script for script in scripts)
    assert not handlers_in(page)


def test_the_preview_of_hostile_text_is_sanitised(client, member):
    for text in TEXTS[:20]:
        page = ask(client, body=text + " fin", preview="1").content.decode()
        shown = re.search(r'<div class="prose">(.*?)</div>', page, re.DOTALL)
        if shown:
            assert_harmless_html(shown[1])
