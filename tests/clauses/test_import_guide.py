"""The State's guide becomes drafts: split by document, named after its segment, never published, told in full."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from clauses.library.imports.guide import import_guide
from clauses.library.imports.guide_markdown import read_page
from clauses.library.models import Clause, ClauseVersion
from clauses.library.vocabularies import ClauseKind, ClauseState, ContractDocument, Licence
from community.members.models import Member
from community.taxonomy.models import Tag
from tests.factories import MemberFactory

GUIDE = Path("/work/shared/data/guide-achats-numeriques")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not GUIDE.is_dir(), reason="the guide is not shipped with the project"),
]


@pytest.fixture(scope="module")
def reference(written_once):
    call_command("load_reference", verbosity=0)


@pytest.fixture(scope="class")
def outcome(reference, django_db_blocker):
    """One import for the class, taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_guide(GUIDE, stream=io.StringIO())
        transaction.set_rollback(True)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-zàâçéèêëîïôûùüœ]{4,}", re.sub(r"<[^>]*>|\]\([^)]*\)|&\w+;", " ", text).lower()))


class TestGuide:
    def test_everything_is_a_draft_of_the_open_community_with_its_licence_and_source(self, outcome):
        clauses = list(Clause.objects.prefetch_related("provenances"))
        assert len(clauses) == len(outcome.taken) >= 50
        assert not ClauseVersion.objects.exists()
        for clause in clauses:
            assert (clause.state, clause.version, clause.space_id, clause.live) == (ClauseState.DRAFT, 0, None, False)
            assert clause.licence == Licence.ETALAB
            source = clause.provenances.get()
            assert source.mode == "taken"
            assert source.url.startswith("https://ecoresponsable.numerique.gouv.fr/publications/")
            assert source.dated.year >= 2021

    def test_each_document_and_segment_has_its_share(self, outcome):
        documents = set(Clause.objects.values_list("document", flat=True))
        assert documents == {
            ContractDocument.CCAP,
            ContractDocument.CCTP,
            ContractDocument.RC,
            ContractDocument.ANNEX,
        }
        families = set(Clause.objects.values_list("family__code", flat=True))
        assert families == {"NUM-MAT", "NUM-IMP", "NUM-SRV", "NUM-TEL", "NUM-PRE"}
        insertion = Clause.objects.filter(kind=ClauseKind.INSERTION)
        assert {clause.document for clause in insertion} == {ContractDocument.CCAP}
        assert insertion.count() == 4

    def test_the_repealed_decree_is_named_where_it_stands(self, outcome):
        told = [(entry.file, entry.place) for entry in outcome.noted if "2021-254" in entry.said]
        assert told == [
            ("bureautique.md", "ligne 57"),
            ("hebergement.md", "ligne 65"),
            ("impression.md", "ligne 60"),
            ("reseaux.md", "ligne 62"),
        ]
        assert all("2024-134" in entry.said for entry in outcome.noted)

    def test_what_is_left_out_says_why(self, outcome):
        whys = {entry.said for entry in outcome.skipped}
        assert whys == {
            "hors des exemples de clauses",
            "intertitre sans texte",
            "page d’information, sans clause",
            "aucun exemple de clause",
        }
        assert ("logiciels.md", "aucun exemple de clause") in {(entry.file, entry.said) for entry in outcome.skipped}

    def test_no_word_of_an_example_is_lost(self, outcome):
        imported = "\n".join(
            [clause.plain_text + clause.title + clause.vigilance for clause in Clause.objects.all()]
            + [wording.text for clause in Clause.objects.all() for wording in clause.wordings.all()]
        )
        known = words_of(imported)
        for path in sorted(GUIDE.glob("*.md")):
            text = path.read_text(encoding="utf-8")
            found = re.search(r"(?s)### A\..*", text)
            if found is None:
                continue
            body = re.sub(r"(?s)<nav.*?</nav>|<!--.*?-->", "", found[0])
            headings = words_of("\n".join(re.findall(r"(?m)^#.*$|<h\d.*$", body)))
            assert words_of(body) - known - headings == set(), path.name

    def test_a_second_run_changes_nothing(self, outcome):
        before = list(Clause.objects.order_by("pk").values())
        again = import_guide(GUIDE, stream=io.StringIO())
        assert again.taken == []
        assert sum(entry.said == "déjà repris" for entry in again.skipped) == len(outcome.taken)
        assert list(Clause.objects.order_by("pk").values()) == before

    def test_html_of_the_site_is_markdown_here(self, outcome):
        for clause in Clause.objects.all():
            for wording in clause.wordings.all():
                assert not re.search(r"</?(?:div|table|td|abbr|span|nav|p)\b", wording.text)
        table = Clause.objects.get(title="Alimentation électrique (hébergement)").wordings.get().text
        assert "| Taux de charge | 10% | 20% |" in table


@pytest.mark.usefixtures("reference")
def test_the_command_tells_everything_and_takes_a_signature():
    signer = MemberFactory()
    out = io.StringIO()
    call_command("import_clauses", str(GUIDE), author=signer.email, stdout=out)
    said = out.getvalue()
    assert "2021-254" in said
    assert "« X.1.2 Clause de progrès », ligne 265 : brouillon" in said
    assert set(Clause.objects.values_list("author", flat=True)) == {signer.pk}


@pytest.mark.usefixtures("reference")
def test_without_a_signature_nobody_signs(tmp_path):
    import_guide(GUIDE, stream=io.StringIO())
    author = Member.objects.get(pk=Clause.objects.first().author_id)
    assert (author.is_ghost, author.is_active) == (True, False)


def test_a_folder_without_the_guide_is_refused(tmp_path):
    with pytest.raises(CommandError, match="aucune fiche du guide"):
        call_command("import_clauses", str(tmp_path))


@pytest.mark.usefixtures("reference")
def test_a_page_that_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path):
    (tmp_path / "bureautique.md").write_bytes(b"### A. CCAP (CCAP)\n\xff\xfe")
    (tmp_path / "reseaux.md").write_text(
        "<h2>3. Des exemples</h2>\n\n### A. Cahier des clauses administratives (CCAP)\n\n#### X.1 Reprise\n\n"
        + "Le titulaire reprend sans frais les équipements hors d’usage que le marché remplace.\n"
        + "#### X.2 <script>alert(1)</script>\n\n"
        + "<div>" * 300
        + "mot " * 40,
        encoding="utf-8",
    )
    outcome = import_guide(tmp_path, stream=io.StringIO())
    assert [entry.said for entry in outcome.skipped] == [
        "encodage illisible : UTF-8 est attendu",
        "hors des exemples de clauses",
        "intertitre sans texte",
    ]
    assert len(outcome.taken) == 2
    assert not Clause.objects.filter(title__contains="<script").exists()
    assert Tag.objects.count() == 1


def test_headings_keep_their_line_after_the_front_matter():
    page = read_page('---\ntitle: "Une fiche"\ndate: 2021-04-29\n---\n\n## Partie\n\ntexte\n\n### A. Cahier (CCAP)\n')
    assert (page.title, [section.line for section in page.sections]) == ("Une fiche", [6, 10])
