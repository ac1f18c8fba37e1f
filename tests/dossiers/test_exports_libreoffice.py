"""LibreOffice opens both files and gives back what was written: numbers, contents, tables, every word."""

import io
import re

import pytest
from pypdf import PdfReader

from clauses.dossiers.exports.choice import Choice
from clauses.dossiers.exports.files import write_file
from clauses.dossiers.models import DossierItem
from clauses.dossiers.selectors.assembled import assemble
from tests.dossiers.export_support import (
    FORMS,
    converted,
    has_arial,
    headings,
    lines_of,
    listed,
    needs_libreoffice,
    paged,
    word,
)
from tests.dossiers.support import dossier_of, member, with_article, with_clause
from tests.dossiers.test_exports import TEXT
from tests.factories import ClauseFactory
from tests.support.hostile import TEXTS

pytestmark = [pytest.mark.django_db, needs_libreoffice]
ALL = ("rc", "ccap", "cctp")


@pytest.fixture
def files():
    """The same dossier in both forms, and its twin whose words are hostile."""
    owner = member("Ferrand")
    dossier = dossier_of(owner, need="Repas des écoles", lots=("Repas", "Goûters"))
    criterion = with_clause(
        dossier, ClauseFactory(criterion=True, title="Critère logistique", links_to=ClauseFactory())
    )
    DossierItem.objects.filter(pk=criterion.pk).update(weight=20)
    for document in ("ccap", "cctp"):
        for rank in range(1, 4):
            with_article(dossier, title=f"Article de rang {rank}", text=TEXT, document=document)
    choice = {"documents": ALL, "with_annex": True}
    return {
        f"dossier.{form}": write_file(assemble(owner, dossier), Choice(form=form, **choice)).content for form in FORMS
    }


@pytest.fixture
def long_files():
    owner = member("Ferrand")
    dossier = dossier_of(owner, "Marché de quarante articles", lots=("Repas", "Goûters"))
    for rank in range(1, 41):
        text = "\n\n".join(
            [TEXT, *[f"Le titulaire tient le registre numéro {rank} à jour. " * (rank % 7)] * (rank % 4)]
        )
        with_article(dossier, title=f"Registre de rang {rank}", text=text, document=ALL[rank % 3])
    choice = {"documents": ALL, "with_annex": True}
    return {
        f"{form}.{form}": write_file(assemble(owner, dossier), Choice(form=form, **choice)).content for form in FORMS
    }


def texts(content: bytes, form: str) -> list[str]:
    """After the contents, whose pages each word processor counts."""
    lines = lines_of(content, form)
    first = "Règlement de la consultation (RC)"
    return lines[len(lines) - 1 - lines[::-1].index(first) :]


def printed_lines(pdf: bytes) -> tuple[list[str], list[str]]:
    """Of the first page, and of those that follow."""
    pages = [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(pdf)).pages]
    return pages[0], [line.strip() for page in pages[1:] for line in page]


def test_printed_headings_are_numbered_in_order_and_listed_with_their_page(files, tmp_path):
    printed = converted(tmp_path, {f"{name[-4:].strip('.')}-{name}": each for name, each in files.items()}, "pdf")
    assert len(printed) == len(FORMS)
    for name, pdf in printed.items():
        first, rest = printed_lines(pdf)
        numbered = [line for line in rest if re.match(r"(Article \d+ –|\d+\.\d+ )", line)]
        article = ["Article {0} – Article de rang {0}", "{0}.1 Retards"]
        expected = ["Article 1 – Critère logistique"]
        expected += [line.format(rank) for _part in ("ccap", "cctp") for rank in (1, 2, 3) for line in article]
        assert numbered == expected, name
        told = "\n".join(first)
        assert all(told.count(line) >= 1 for line in expected if line.startswith("Article")), name
        assert any(re.match(r"Page 2 sur \d+$", line) for line in rest), name
        assert "1. premier ;" in rest and "École Jean-Jaurès 10 h" in rest


def test_the_contents_of_a_long_file_say_the_page_where_each_heading_is_printed(long_files, tmp_path):
    """In both forms, over pages that tables, lists and headings break in every way."""
    printed = converted(tmp_path, long_files, "pdf")
    for name, pdf in printed.items():
        form = name.rpartition(".")[2]
        words = listed(long_files[name], form)
        pages = [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(pdf)).pages]
        lines = [(number, " ".join(line.split())) for number, page in enumerate(pages, start=1) for line in page]
        said = [found for _number, line in lines if (found := re.match(r"(.+?) ?\.{3,} ?(\d+)$", line))]
        assert [found[1] for found in said] == words, name
        if form == "docx":
            assert [found[2] for found in said] == paged(long_files[name])
        if form == "odt" or has_arial():
            stand = [number for number, line in lines if line in words]
            assert [int(found[2]) for found in said] == stand, name
            assert stand[-1] > 12


def test_each_file_becomes_the_other_without_losing_a_word(files, tmp_path):
    """Structure too: the same headings at the same levels, the same tables."""
    became = {
        "docx": converted(tmp_path, {"dossier.odt": files["dossier.odt"]}, "docx")["dossier.odt"],
        "odt": converted(tmp_path, {"dossier.docx": files["dossier.docx"]}, "odt")["dossier.docx"],
    }
    for form, content in became.items():
        assert headings(content, form) == headings(files[f"dossier.{form}"], form)
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in word(files["dossier.docx"]).tables]
    assert [[[c.text for c in row.cells] for row in table.rows] for table in word(became["docx"]).tables] == tables
    for form, other in (("docx", "odt"), ("odt", "docx")):
        assert texts(became[form], form) == texts(files[f"dossier.{other}"], other)


def test_hostile_words_do_not_stop_it(tmp_path):
    owner = member("Ferrand")
    dossier = dossier_of(owner, title="Textes hostiles")
    for rank, text in enumerate(TEXTS):
        if text.strip() and not any("\ud800" <= char <= "\udfff" for char in text):
            with_article(dossier, title=f"Hostile {rank}", text=f"{text}\n\nfin {rank}", document="cctp")
    last = DossierItem.objects.order_by("pk").last().title
    files = {
        f"{form}.{form}": write_file(assemble(owner, dossier), Choice(documents=ALL, form=form)).content
        for form in FORMS
    }
    for text in converted(tmp_path, files, "txt:Text (encoded):UTF8").values():
        told = text.decode()
        assert told.count("Hostile 0") == 2 and told.count(last) == 2
        assert "alert(1)" in told
