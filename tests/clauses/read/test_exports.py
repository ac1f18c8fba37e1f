"""Files that word processors open: headings, language, headers of tables; hostile words stay words."""

import io
import shutil
import subprocess
import zipfile
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from docx import Document as open_docx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn

from clauses.library.exports.blocks import Heading, Item, Paragraph, Table, blocks_of
from clauses.library.models import ClauseCopy
from community.core.richtext import render
from tests.factories import ClauseFactory, MemberFactory

HOSTILE = (
    "Pénal\x00ité\x0b <w:p>&amp;]]><script>alert(1)</script> \u202eéssevér\u2066 {delai} | * _ ` ]] "
    "[x](javascript:alert(1))"
)
TEXT = """## Article 4 – Suivi

Sous {delai} jours, le **titulaire** remet *un relevé* : [voir](https://example.org/a?b=1&c=2).

- premier point ;
    1. sous-point numéroté
    2. autre sous-point
- second point.

> Une citation.

| Lot | Part |
| --- | ---: |
| Écoles | 30 % |
"""
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def clause(**fields):
    defaults = {
        "wordings": [{"key": "texte", "title": "", "text": TEXT}],
        "criterion": True,
        "links_to": ClauseFactory(),
    }
    return ClauseFactory(**(defaults | fields))


def download(client, made, form: str, query="") -> bytes:
    answer = client.get(reverse("clause_export", args=[made.pk, form]) + query)
    assert answer.status_code == 200
    assert f'filename="{made.reference}' in answer["Content-Disposition"]
    return answer.content


def test_blocks_keep_what_the_renderer_made():
    blocks = blocks_of(render(TEXT.replace("{delai}", "15")).html)
    kinds = [type(block) for block in blocks]
    assert kinds == [Heading, Paragraph, Item, Item, Item, Item, Paragraph, Table]
    assert [(item.depth, item.number) for item in blocks if isinstance(item, Item)] == [
        (0, None), (1, 1), (1, 2), (0, None),
    ]  # fmt: skip
    assert blocks[-2].style == "quote"
    assert "".join(run.text for run in blocks[-1].header[0]) == "Lot"


@pytest.mark.django_db
def test_word_opens_it_with_its_headings_language_and_headers(client):
    made = clause(title="Critère de suivi")
    opened = open_docx(io.BytesIO(download(client, made, "docx")))
    headings = [(each.style.name, each.text) for each in opened.paragraphs if each.style.name.startswith("Heading")]
    assert headings[0] == ("Heading 1", "Critère de suivi")
    assert ("Heading 2", "Texte de la clause") in headings
    assert ("Heading 3", "Article 4 – Suivi") in headings
    levels = [int(name[-1]) for name, _text in headings]
    assert all(after - before <= 1 for before, after in pairwise(levels)), headings
    language = opened.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "fr-FR"
    assert opened.core_properties.language == "fr-FR"
    assert len(opened.tables) == 3
    for table in opened.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    runs = [run for paragraph in opened.paragraphs for run in paragraph.runs]
    assert any(run.font.highlight_color == WD_COLOR_INDEX.YELLOW and run.text == "[délai]" for run in runs)
    assert made.reference in opened.paragraphs[-1].text and "CC BY 4.0" in opened.paragraphs[-1].text


@pytest.mark.django_db
def test_filled_variables_are_written_in_plain_words(client):
    opened = open_docx(io.BytesIO(download(client, clause(), "docx", "?v_delai=21")))
    assert any("Sous 21 jours" in paragraph.text for paragraph in opened.paragraphs)
    assert not any(run.font.highlight_color for each in opened.paragraphs for run in each.runs)


def odt_xml(content: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert archive.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        return ElementTree.fromstring(archive.read(name))  # noqa: S314  our own file


@pytest.mark.django_db
def test_open_document_has_headings_language_and_headers(client):
    content = download(client, clause(title="Critère de suivi"), "odt")
    body = odt_xml(content, "content.xml")
    headings = [(each.get(f"{STYLE}outline-level"), "".join(each.itertext())) for each in body.iter(f"{STYLE}h")]
    assert headings[0] == ("1", "Critère de suivi")
    assert ("3", "Article 4 – Suivi") in headings
    tables = list(body.iter(f"{TABLE}table"))
    assert len(tables) == 3
    assert all(table.find(f"{TABLE}table-header-rows") is not None for table in tables)
    spans = {each.get(f"{STYLE}style-name"): "".join(each.itertext()) for each in body.iter(f"{STYLE}span")}
    assert spans["Variable"]
    styles = ElementTree.tostring(odt_xml(content, "styles.xml")).decode()
    assert 'language="fr"' in styles and 'country="FR"' in styles
    assert "fr-FR" in ElementTree.tostring(odt_xml(content, "meta.xml")).decode()
    odt_xml(content, "META-INF/manifest.xml")


@pytest.mark.django_db
def test_markdown_says_the_same(client):
    text = download(client, clause(), "md", "?v_delai=21").decode()
    assert text.startswith("# Critère")
    assert "Sous 21 jours, le **titulaire** remet *un relevé* : [voir](<https://example.org/a?b=1&c=2>)." in text
    assert "- premier point ;\n   1. sous-point numéroté" in text
    assert "| Lot | Part |\n| --- | --- |\n| Écoles |" in text
    assert render(text).text.count("Article 4") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["docx", "odt", "md"])
def test_hostile_words_stay_words(client, form):
    made = clause(
        title=HOSTILE.replace("\x00", "")[:150],
        wordings=[{"key": "texte", "title": "", "text": HOSTILE.replace("\x00", "")}],
    )
    content = download(client, made, form, "?v_delai=%00%0B%E2%80%AE%3C/w:t%3E%3Cb%3E")
    if form == "docx":
        text = "\n".join(paragraph.text for paragraph in open_docx(io.BytesIO(content)).paragraphs)
    elif form == "odt":
        text = "".join(odt_xml(content, "content.xml").itertext())
        odt_xml(content, "meta.xml")
    else:
        text = content.decode()
    assert "\u202e" not in text and "\u2066" not in text and "\x0b" not in text
    if form == "md":
        assert "<script>" not in text.replace("\\<script", "")
        assert (
            "javascript:" not in render(text).html.replace("[x](javascript:", "").lower()
            or "href" not in render(text).html
        )
    else:
        assert "</w:t><b>" in text


@pytest.mark.django_db
def test_an_export_is_kept_for_who_took_it(client):
    made, member = clause(), MemberFactory()
    client.force_login(member)
    for form in ("docx", "odt", "md"):
        download(client, made, form)
    assert sorted(ClauseCopy.objects.filter(member=member).values_list("form", flat=True)) == ["docx", "md", "odt"]


@pytest.mark.django_db
def test_another_form_is_no_page(client):
    assert client.get(reverse("clause_export", args=[clause().pk, "exe"])).status_code == 404


@pytest.mark.django_db
@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is missing: apt-get install libreoffice-writer"
)
@pytest.mark.parametrize("form", ["docx", "odt"])
def test_libreoffice_opens_it(client, form, tmp_path):
    path = tmp_path / f"clause.{form}"
    path.write_bytes(download(client, clause(), form))
    command = ["soffice", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603  our own file
    assert "premier point" in (tmp_path / "clause.txt").read_text()
