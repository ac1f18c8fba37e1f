"""The note for elected officials: written from a check, changed in a form, kept for members, taken away."""

import io
import zipfile

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from clauses.library.notes.advice import advice_on
from clauses.library.notes.writing import Length
from community.core.progress import Report
from community.law.models import LegalText, Obligation
from community.law.reference import load_law
from community.reading.models import Draft
from tests.factories import ClauseFactory, MemberFactory, PurchaseFamilyFactory

pytestmark = pytest.mark.django_db
QUERY = "?nature=supplies&montant=80000&acheteur=local&famille=ALI&duree=24&lancement=2027-01-11"
WORDS = {
    "title": "Denrées : notre prochain marché",
    "sender": "Val d’Ormel",
    "recipient": "",
    "summary": "Notre marché se termine.",
    "law": "Une exigence.\nUn critère.",
    "proposal": "Demander un relevé.",
    "change": "",
    "decision": "Valider la pondération",
    "length": "page",
}


@pytest.fixture(autouse=True)
def in_november(time_machine):
    """What is told of a launch depends on the day."""
    time_machine.move_to("2026-11-22T10:00:00+01:00")


@pytest.fixture(scope="module")
def law_loaded(written_once):
    load_law(Report())


@pytest.fixture
def law(law_loaded, db):
    family = PurchaseFamilyFactory(code="ALI", slug="alimentation", label="Alimentation")
    condition = ClauseFactory(family=family, title="Relevé des produits durables")
    ClauseFactory(criterion=True, family=family, title="Critère approvisionnements", links_to=condition)
    return family


@pytest.fixture
def settled(law):
    """Nothing left to check for food: a jurist read everything again."""
    Obligation.objects.update(to_check=False)
    LegalText.objects.update(to_check=False)


def address(query: str = QUERY) -> str:
    return reverse("obligations_note") + query


def send(client, act: str, query: str = QUERY, **fields):
    return client.post(address(query), WORDS | {"act": act} | fields)


def test_the_note_is_written_from_the_check(client, law):
    texts = client.get(address()).context["form"].texts()
    assert texts["title"].startswith("Alimentation")
    assert "80\u202f000\u202f€" in texts["summary"]
    assert len(texts["law"].splitlines()) == 4
    assert "Relevé des produits durables" in texts["proposal"]
    assert "Critère approvisionnements" in texts["proposal"]
    assert "avant le 14 décembre 2026" in texts["decision"]


def test_each_rule_has_its_source_and_its_day(client, law):
    response = client.get(address())
    assert all(source.verified_on and source.read_in for source in response.context["sources"])
    text = response.content.decode()
    assert "Règles vérifiées le 12 novembre 2026" in text
    assert "ne vaut pas conseil juridique" in text


@pytest.mark.parametrize("query", ["", "?autre=1"])
def test_without_a_check_there_is_no_note(client, law, query):
    assert client.get(address(query)).headers["Location"].startswith(reverse("obligations"))


def test_wrong_answers_go_back_to_the_check(client, law):
    response = client.get(address("?montant=beaucoup"), follow=True)
    assert response.status_code == 422
    assert "beaucoup" in response.content.decode()


def test_the_note_stays_a_draft_while_points_are_open(client, law):
    response = client.get(address())
    assert "Cette note reste un brouillon" in response.content.decode()
    assert "brouillon-" in send(client, "word")["Content-Disposition"]
    assert "Brouillon" in " ".join(paragraph.text for paragraph in word(send(client, "word")).paragraphs)


def test_once_all_is_checked_it_is_no_draft(client, settled):
    query = QUERY.replace("supplies", "services")
    assert "Cette note reste un brouillon" not in client.get(address(query)).content.decode()
    assert "brouillon-" not in send(client, "word", query)["Content-Disposition"]


def word(response):
    return Document(io.BytesIO(response.content))


def test_word_has_headings_language_lists_and_a_table_with_its_header(client, law):
    response = send(client, "word")
    document = word(response)
    assert "wordprocessingml" in response["Content-Type"]
    headings = [each.text for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert headings[0] == WORDS["title"]
    assert "La décision attendue" in headings
    assert "Ce que cela change pour le territoire" not in headings
    assert [each.text for each in document.paragraphs if each.style.name == "List Bullet"][-2:] == [
        "Une exigence.",
        "Un critère.",
    ]
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "fr-FR"
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Règle", "Texte", "En vigueur depuis", "Vérifié"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(table.rows) == 5


def test_odt_has_the_same_words(client, law):
    response = send(client, "odt")
    content = zipfile.ZipFile(io.BytesIO(response.content)).read("content.xml").decode()
    assert "Demander un relevé." in content
    assert "table:table-header-rows" in content


def test_words_that_no_file_can_hold_are_left_out(client, law):
    document = word(send(client, "word", summary="Avant\x0baprès \u202e inversé \ufffe fin"))
    assert any("inversé" in each.text for each in document.paragraphs)


def test_a_member_keeps_it_and_finds_it_again(client, law):
    member = MemberFactory()
    client.force_login(member)
    saved = send(client, "enregistrer", title="Ma note")
    assert saved.status_code == 302
    assert "Ma note" in client.get(saved["Location"]).content.decode()
    assert Draft.objects.get(member=member).key.startswith("note-elus:")
    drafts = client.get(reverse("draft_list")).content.decode()
    assert "Note pour mes élus" in drafts
    assert reverse("obligations_note") in drafts


def test_another_check_is_another_note_and_another_member_has_none(client, law):
    client.force_login(MemberFactory())
    send(client, "enregistrer", title="Ma note")
    assert "Ma note" not in client.get(address(QUERY.replace("80000", "90000"))).content.decode()
    client.force_login(MemberFactory())
    assert "Ma note" not in client.get(address()).content.decode()


def test_without_an_account_the_text_stays_in_the_page_and_nowhere_else(client, law):
    response = send(client, "enregistrer", title="Ma note")
    assert response.status_code == 200
    text = response.content.decode()
    assert "Ma note" in text
    assert reverse("account_login") in text
    assert not Draft.objects.exists()


def test_the_model_can_be_taken_again_in_ten_lines(client, law):
    member = MemberFactory()
    client.force_login(member)
    send(client, "enregistrer", title="Ma note")
    response = send(client, "modele", title="Ma note", model_length="resume")
    texts = response.context["form"].texts()
    assert texts["title"] != "Ma note"
    assert texts["length"] == "resume"
    assert len(texts["law"].splitlines()) == 3
    assert not Draft.objects.exists()


def test_the_preview_shows_the_lines(client, law):
    preview = send(client, "apercu").context["preview"]
    assert [section["title"] for section in preview["sections"]] == [
        "En bref",
        "Ce que la loi demande",
        "Ce que nous proposons",
        "La décision attendue",
    ]
    assert preview["sections"][1]["lines"] == ["Une exigence.", "Un critère."]


def test_a_text_too_long_is_given_back(client, law):
    response = send(client, "word", summary="a" * 4001)
    assert response.status_code == 422
    assert "4 000 caractères" in response.content.decode().replace("\u202f", " ")
    assert "a" * 4001 in response.content.decode()


def test_hostile_words_stay_words(client, law):
    response = send(client, "apercu", title="<script>alert(1)</script>", summary="<img src=x onerror=alert(1)>")
    assert "<script>alert(1)" not in response.content.decode()
    assert "<img src=x" not in response.content.decode()


@pytest.fixture
def facts(client, law):
    return client.get(address()).context["facts"]


def advice(facts, length=Length.PAGE, **fields) -> dict[str, bool]:
    return {each.text: each.is_good for each in advice_on(WORDS | fields, facts, length)}


def test_a_short_note_is_well_advised(facts):
    assert all(advice(facts).values())


def test_a_long_note_says_by_how_much(facts):
    found = advice(facts, change="mot " * 900)
    assert any(text.startswith("Dépasse d’une page") for text, good in found.items() if not good)


def test_ten_lines_are_counted(facts):
    assert advice(facts, Length.SHORT)["Tient en dix lignes"]
    assert any("en dix" in text for text, good in advice(facts, Length.SHORT, law="a\n" * 12).items() if not good)


@pytest.mark.parametrize(
    ("decision", "is_good"), [("Valider", True), ("Valider.", True), ("Valider. Publier.", False), ("", False)]
)
def test_one_decision_is_asked(facts, decision, is_good):
    found = {text: good for text, good in advice(facts, decision=decision).items() if "écision" in text}
    assert list(found.values()) == [is_good]


@pytest.mark.parametrize(
    ("summary", "is_said"),
    [
        ("La loi EGalim s’applique.", True),
        ("La loi sur l’alimentation (EGalim) s’applique.", False),
        ("EGalim (loi sur l’alimentation) s’applique.", False),
        ("Rien à dire.", False),
        ("Le CCTP et le RC.", True),
    ],
)
def test_acronyms_are_explained(facts, summary, is_said):
    found = advice(facts, summary=summary)
    assert any("n’est pas expliqué" in text for text in found) == is_said
