"""A dossier taken away as Word or OpenDocument: what stands in the file, for whom, and what never does."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils.html import escape
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn

from clauses.dossiers.actions.notes import add_note
from clauses.dossiers.actions.variables import Given, fill_variables
from clauses.dossiers.models import CompanyMet, DossierItem, SourcingSheet
from clauses.library.exports.blocks import MAX_COLUMNS, MAX_NUMBER, blocks_of, safe_link
from clauses.library.models import Clause, ClauseCopy
from tests.dossiers.export_support import FORMS, exported, headings, listed, odt_xml, word, words_of
from tests.dossiers.support import dossier_of, link_for, member, opened, shared, with_article, with_clause
from tests.factories import ClauseFactory, SpaceFactory
from tests.support.hostile import TEXTS

pytestmark = pytest.mark.django_db
TEXT = """Le titulaire livre avant {heure}.

1. premier ;
2. deuxième :
    - un point ;
    - un autre.

### Retards

Une pénalité de **50 €** par heure.

> Les cas de force majeure sont exclus.

| Site | Heure |
| --- | ---: |
| École Jean-Jaurès | 10 h |
"""


@pytest.fixture(autouse=True)
def _no_acts_counted():
    cache.clear()


@pytest.fixture
def owner():
    return member("Ferrand")


@pytest.fixture
def dossier(owner):
    made = dossier_of(owner, need="Repas des écoles", lots=("Repas", "Goûters"), amount=Decimal(640_000))
    with_clause(made, ClauseFactory(title="Relevé trimestriel"))
    with_article(made, title="Livraisons", text=TEXT, lot=made.lots.get(number=2))
    criterion = with_clause(made, ClauseFactory(criterion=True, title="Critère logistique", links_to=ClauseFactory()))
    DossierItem.objects.filter(pk=criterion.pk).update(weight=20)
    return made


@pytest.fixture
def signed_in(client, owner):
    client.force_login(owner)
    return client


@pytest.mark.parametrize("form", FORMS)
def test_documents_articles_and_their_headings_come_in_order(signed_in, dossier, form):
    content = exported(signed_in, dossier, format=form).content
    assert headings(content, form) == [
        (1, "Règlement de la consultation (RC)"),
        (2, "Critère logistique"),
        (3, "Ce qui est évalué"),
        (3, "Éléments attendus dans l’offre"),
        (3, "Barème"),
        (2, "Récapitulatif des critères"),
        (1, "Cahier des clauses techniques particulières (CCTP)"),
        (2, "Relevé trimestriel"),
        (2, "Livraisons"),
        (3, "Retards"),
    ]
    assert listed(content, form) == [
        "Règlement de la consultation (RC)",
        "Article 1 – Critère logistique",
        "Récapitulatif des critères",
        "Cahier des clauses techniques particulières (CCTP)",
        "Article 1 – Relevé trimestriel",
        "Article 2 – Livraisons",
    ]


def test_word_numbers_headings_and_lists_by_its_styles(signed_in, dossier):
    opened_file = word(exported(signed_in, dossier).content)
    styles = opened_file.styles.element
    for level in (1, 2, 3):
        style = styles.find(f"w:style[@w:styleId='Heading{level}']", styles.nsmap)
        assert style.find(".//w:numPr/w:ilvl", styles.nsmap).get(qn("w:val")) == str(level - 1)
    by_style = {each.style.name: each for each in opened_file.paragraphs}
    assert {"Title", "Subtitle", "Quote", "List Number", "List Bullet 2", "Source de la clause"} <= set(by_style)
    numbering = opened_file.part.numbering_part.element
    count = by_style["List Number"]._p.pPr.numPr.numId.val
    start = numbering.num_having_numId(count).find(f".//{qn('w:startOverride')}")
    assert start.get(qn("w:val")) == "1"
    assert opened_file.settings.element.find(qn("w:updateFields")) is not None
    assert "PAGE" in opened_file.sections[0].footer._element.xml
    assert opened_file.sections[0].header.paragraphs[0].text == dossier.title
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in opened_file.tables)
    assert [table.rows[0].cells[0].text for table in opened_file.tables] == ["Lot", "Note", "Article", "Site"]
    assert [cell.text for cell in opened_file.tables[2].rows[1].cells] == ["1", "Critère logistique", "Tous", "20 %"]


@pytest.mark.parametrize("form", FORMS)
def test_the_source_stands_under_each_clause_unless_it_is_switched_off(signed_in, dossier, form):
    clause = Clause.objects.get(title="Relevé trimestriel")
    told = words_of(exported(signed_in, dossier, format=form).content, form)
    assert f"{clause.reference}, version 1 du " in told and "CC BY 4.0" in told
    silent = words_of(exported(signed_in, dossier, format=form, sources="").content, form)
    assert clause.reference not in silent and "CC BY" not in silent


def test_a_value_is_written_in_and_a_missing_one_is_highlighted(signed_in, dossier, owner):
    item = DossierItem.objects.get(title="Livraisons")
    content = exported(signed_in, dossier).content
    marked = [
        run.text
        for paragraph in word(content).paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert "[heure]" in marked and any("restent à renseigner" in each for each in marked)
    row = item.variables[0]
    fill_variables(
        dossier=dossier, actor=owner, given=[Given(slot=(row["key"], row["label"], 0), value="11 h", was="")]
    )
    assert "livre avant 11 h." in words_of(exported(signed_in, dossier).content, "docx")


@pytest.mark.parametrize("form", FORMS)
def test_notes_sourcing_and_amount_are_never_in_the_contract(signed_in, dossier, owner, form):
    add_note(dossier=dossier, actor=owner, text="Réserve de la direction")
    SourcingSheet.objects.create(dossier=dossier, questions="Quel délai de livraison")
    CompanyMet.objects.create(dossier=dossier, name="Traiteur du Nord", met_on=date(2026, 11, 2), notes="Dispo en mars")
    dossier.items.update(notes="À revoir avec Karim")
    secrets = ("Réserve de la direction", "Quel délai de livraison", "Traiteur du Nord", "Dispo en mars", "avec Karim")
    told = words_of(exported(signed_in, dossier, format=form, annex="on").content, form)
    assert not [word for word in (*secrets, "640") if word in told]
    notes = words_of(exported(signed_in, dossier, format=form, content="notes").content, form)
    assert all(word in notes for word in secrets) and "à ne pas joindre" in notes
    assert "Une pénalité de" not in notes


def test_the_annex_says_what_the_contract_counts_as_and_what_was_taken(signed_in, dossier):
    clause = Clause.objects.get(title="Relevé trimestriel")
    content = exported(signed_in, dossier, annex="on", sources="", documents=["cctp"]).content
    told = words_of(content, "docx")
    assert "Clause environnementale" in told and "Critère environnemental" in told
    rows = [[cell.text for cell in row.cells] for row in word(content).tables[-1].rows]
    assert [row[2] for row in rows] == ["Référence", clause.reference]
    assert "Ce marché compte comme" not in words_of(exported(signed_in, dossier).content, "docx")


def test_one_file_a_document_comes_in_an_archive(signed_in, dossier):
    answer = exported(signed_in, dossier, split="apart", format="odt", annex="on")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        stem = "restauration-scolaire-2027"
        assert archive.namelist() == [f"1-rc-{stem}.odt", f"2-cctp-{stem}.odt", f"3-origine-{stem}.odt"]
        assert headings(archive.read(f"2-cctp-{stem}.odt"), "odt")[0][1].endswith("(CCTP)")
    alone = exported(signed_in, dossier, split="apart", documents=["cctp"])
    assert f'filename="{stem}-cctp.docx"' in alone["Content-Disposition"]
    assert "no-store" in alone["Cache-Control"] and "private" in alone["Cache-Control"]


def test_a_text_that_counts_its_own_headings_is_not_counted_twice(signed_in, owner):
    dossier = dossier_of(owner)
    with_article(dossier, title="Règlement", text="## Règlement\n\nUn\n\n## 1. Offres\n\nDeux\n\n## 2. Visite\n\nTrois")
    paragraphs = word(exported(signed_in, dossier).content).paragraphs
    inner = [each for each in paragraphs if each.style.name == "Heading 3"]
    assert [each.text for each in inner] == ["1. Offres", "2. Visite"]
    assert all(each._p.pPr.numPr.numId.val == 0 for each in inner)


@pytest.mark.parametrize(("role", "status"), [("reader", 200), ("editor", 200), ("", 404)])
def test_the_persons_of_the_dossier_take_it_away_and_nobody_else(client, dossier, role, status):
    person = shared(dossier, role) if role else member()
    client.force_login(person)
    assert exported(client, dossier).status_code == status
    assert client.get(reverse("dossier_export", args=[dossier.pk])).status_code == status


def test_the_link_of_a_reviewer_takes_nothing_away(client, dossier):
    opened(client, link_for(dossier))
    address = reverse("dossier_export", args=[dossier.pk])
    assert address in client.get(address)["Location"]
    answer = exported(client, dossier)
    assert answer.status_code == 401 and "Content-Disposition" not in answer


def test_a_clause_of_a_closed_space_stays_with_who_took_it(client, owner):
    space = SpaceFactory(visibility="private")
    dossier = dossier_of(owner)
    item = with_article(dossier, title="Article premier", text="Ouvert")
    secret = ClauseFactory(space=space, title="Clause du groupe fermé")
    DossierItem.objects.filter(pk=item.pk).update(
        clause=secret, taken_version=1, title="Clause du groupe fermé", added_by=owner
    )
    client.force_login(shared(dossier, "reader"))
    content = exported(client, dossier, annex="on").content
    told = words_of(content, "docx")
    assert "Clause du groupe" not in told and "Ouvert" not in told and secret.reference not in told
    assert (2, "Article réservé") in headings(content, "docx")
    assert not ClauseCopy.objects.exists()


def test_what_is_taken_away_counts_as_copied_once(signed_in, dossier, owner):
    for _time in range(2):
        exported(signed_in, dossier, documents=["cctp"])
    assert list(ClauseCopy.objects.filter(member=owner).values_list("clause__title", "version", "form")) == [
        ("Relevé trimestriel", 1, "docx")
    ]


def test_exports_are_counted_and_the_form_comes_back_when_there_are_too_many(signed_in, dossier, monkeypatch):
    monkeypatch.setattr("clauses.dossiers.actions.export.EXPORT.__class__.allowed", lambda _limit, _member: 1)
    assert exported(signed_in, dossier).status_code == 200
    refused = exported(signed_in, dossier, format="odt")
    assert refused.status_code == 429 and "Retry-After" in refused
    assert 'value="odt"' in refused.content.decode()


def test_a_form_that_asks_for_nothing_is_given_back(signed_in, dossier, owner):
    assert "Choisissez au moins une pièce" in exported(signed_in, dossier, documents=[]).content.decode()
    assert exported(signed_in, dossier, documents=["exe"]).status_code == 422
    assert exported(signed_in, dossier, format="exe").status_code == 422
    empty = exported(signed_in, dossier_of(owner, title="Vide"))
    assert empty.status_code == 422 and "pas encore d’article" in empty.content.decode()
    page = signed_in.get(reverse("dossier_export", args=[dossier.pk]), {"format": "odt", "contenu": "notes"})
    assert page.content.decode().count("checked") >= 4


@pytest.mark.parametrize("form", FORMS)
def test_hostile_words_stay_words(signed_in, owner, form):
    dossier = dossier_of(owner, title='../"<w:p>]]>\u202e.exe', need="=cmd|' /C calc'!A0", lots=("</w:t><b>",))
    # What older rules may have let in: rows are written without the rules of today. No database keeps half a letter,
    # and PostgreSQL no NUL.
    told = [text for text in TEXTS if not any("\ud800" <= char <= "\udfff" for char in text)]
    if connection.vendor == "postgresql":
        told = [text.replace("\0", "") for text in told]
    DossierItem.objects.bulk_create(
        DossierItem(
            dossier=dossier, document="cctp", title=text[:160], html=f"<p>{escape(text)}</p>", notes=text[:4000]
        )
        for text in told
    )
    answer = exported(signed_in, dossier, format=form)
    assert answer["Content-Disposition"] == f'attachment; filename="wpexe.{form}"'
    told = words_of(answer.content, form)
    assert "<script>alert(1)</script>" in told
    assert not [each for each in "\x00\x0b\u202e\u2066\u061c\u200f" if each in told]
    if form == "odt":
        assert [odt_xml(answer.content, name) is not None for name in ("meta.xml", "styles.xml")]


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://example.org/a b?[x]", "https://example.org/a%20b?%5Bx%5D"),
        ("https://example.org/50%", "https://example.org/50%25"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("mailto:a@b.fr", "mailto:a@b.fr"),
        ("http://[x", ""),
        ("http://a:port/", ""),
        ("https://", ""),
        ("javascript:alert(1)", ""),
        ("https://example.org/" + "a" * 2_000, ""),
    ],
)
def test_an_address_that_would_spoil_the_file_is_mended_or_left_out(link, kept):
    assert safe_link(link) == kept


def test_what_word_would_refuse_to_open_is_made_to_fit():
    """A table of a hundred columns, a list that starts at a billion."""
    cells = "".join(f"<td>c{number}</td>" for number in range(100))
    table, item = blocks_of(f'<table><tr>{cells}</tr></table><ol start="999999999"><li>x</li></ol>')
    assert table.width == MAX_COLUMNS
    assert [run.text for run in table.header[-1]][-3:] == ["c98", " ", "c99"]
    assert item.number == MAX_NUMBER
