"""The open data: what anybody reads, in the published schema, harmless in a spreadsheet, and back the same."""

import csv
import io
import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime

from clauses.library.imports.table import import_table
from clauses.library.models import Clause, EditSuggestion
from clauses.library.opendata.cells import from_cell, guard, row_of, to_cell, unguard
from clauses.library.opendata.records import public_clauses, public_records
from clauses.library.opendata.schema import FIELDS, NAMES, SCHEMA_FILE, schema
from clauses.library.opendata.writing import csv_lines, json_pieces
from clauses.reports.models import UsageReport
from tests.factories import ClauseFactory, MemberFactory, SpaceFactory

pytestmark = pytest.mark.django_db
BY_NAME = {field.name: field for field in FIELDS}
HOSTILE = ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "'=1", "''@x", "＝1", "'", "", "texte", "'texte"]


def body(response) -> str:
    return b"".join(response).decode() if response.streaming else response.content.decode()


class TestCells:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_goes_out_is_no_formula_and_comes_back_the_same(self, text):
        cell = guard(text)
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
        assert unguard(cell) == text

    @pytest.mark.parametrize("value", [["a", "b|c"], [], [{"note": "4", "description": "=1"}]])
    def test_lists_are_json(self, value):
        assert from_cell(BY_NAME["bareme"], to_cell(value)) == value

    def test_codes_may_be_typed_between_bars(self):
        assert from_cell(BY_NAME["objectifs"], "eau | biodiversite") == ["eau", "biodiversite"]

    @pytest.mark.parametrize(
        ("name", "cell"), [("version", "1e3"), ("version", "²"), ("exemple", "peut-être"), ("liens", "[")]
    )
    def test_a_cell_of_another_type_is_refused(self, name, cell):
        with pytest.raises(ValueError, match=name):
            from_cell(BY_NAME[name], cell)


class TestSchema:
    def test_the_file_beside_is_the_schema(self):
        assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == schema()

    def test_a_record_holds_the_fields_of_the_schema_in_their_order(self):
        ClauseFactory()
        record = next(public_records())
        assert tuple(record) == NAMES
        assert len(row_of(record)) == len(FIELDS)
        for field in FIELDS:
            if field.choices and record[field.name]:
                assert record[field.name] in field.choices
            if field.required:
                assert record[field.name]

    def test_it_is_served_at_a_stable_address_for_other_sites(self, client):
        response = client.get("/clauses/donnees/schema.json")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response.json()["path"].endswith("/clauses/donnees/schema.json")


class TestWhatIsOut:
    @pytest.fixture
    def library(self):
        open_space = SpaceFactory()
        private = SpaceFactory(private=True)
        shown = ClauseFactory(title="Clause à montrer à tout le monde")
        hidden = {
            "draft": ClauseFactory(draft=True, title="SECRET brouillon de clause"),
            "review": ClauseFactory(in_review=True, title="SECRET clause en relecture"),
            "private": ClauseFactory(space=private, title="SECRET clause d’un espace fermé"),
            "open space": ClauseFactory(space=open_space, title="SECRET clause d’un espace ouvert"),
            "hidden": ClauseFactory(title="SECRET clause masquée depuis"),
            "archived": ClauseFactory(state="archived", title="SECRET clause archivée"),
        }
        Clause.objects.filter(pk=hidden["hidden"].pk).update(hidden_at=shown.created_at)
        obsolete = ClauseFactory(state="obsolete", title="Clause obsolète encore lisible")
        Clause.objects.filter(pk=obsolete.pk).update(replaced_by=hidden["private"])
        return shown, obsolete, hidden

    @pytest.mark.parametrize("name", ["clause_data_csv", "clause_data_json"])
    def test_only_what_anybody_reads_whoever_asks(self, client, library, name):
        shown, obsolete, _hidden = library
        for viewer in (None, MemberFactory(), MemberFactory(staff=True)):
            if viewer:
                client.force_login(viewer)
            said = body(client.get(reverse(name)))
            assert "SECRET" not in said
            assert shown.reference in said
            assert obsolete.reference in said

    def test_the_rule_is_that_of_the_site(self, library):
        shown, obsolete, _hidden = library
        visible = set(Clause.objects.visible_to(AnonymousUser()).filter(space=None).values_list("pk", flat=True))
        assert set(public_clauses().values_list("pk", flat=True)) == visible == {shown.pk, obsolete.pk}

    @pytest.mark.parametrize("which", ["draft", "review", "private", "hidden", "archived"])
    def test_no_link_names_what_is_not_out(self, library, which):
        _shown, _obsolete, hidden = library
        ClauseFactory(title="Clause qui en cite une autre", links_to=hidden[which])
        for record in public_records():
            assert record["liens"] == []
            assert record["remplacee_par"] == ""

    def test_no_person_is_named(self, client):
        author = MemberFactory(first_name="Zénobie", last_name="Quintal")
        clause = ClauseFactory(author=author)
        Clause.objects.filter(pk=clause.pk).update(reviewed_by=MemberFactory(last_name="Relectrix"))
        said = body(client.get(reverse("clause_data_json")))
        assert clause.reference in said
        assert not {"Zénobie", "Quintal", "Relectrix"} & set(said.replace('"', " ").split())

    def test_hidden_means_gone_at_the_next_request(self, client, library):
        shown, _obsolete, _hidden = library
        response = client.get(reverse("clause_data_csv"))
        assert response["Cache-Control"] == "no-store"
        Clause.objects.filter(pk=shown.pk).update(hidden_at=shown.created_at)
        assert shown.reference not in body(client.get(reverse("clause_data_csv")))

    def test_the_attribution_names_what_the_clause_was_taken_from(self):
        source = {"organisation": "DINUM", "document": "Guide", "url": "", "licence": "Licence Ouverte 2.0"}
        clause = ClauseFactory(
            content={"provenances": [source | {"mode": "taken", "dated": None}], "licence": "etalab-2.0"}
        )
        assert next(public_records())["attribution"] == (
            f"Entraide, {clause.reference}, version 1, Licence Ouverte 2.0 ; d’après DINUM (Guide, Licence Ouverte 2.0)"
        )


class TestFiles:
    def test_a_hostile_text_is_text_in_a_spreadsheet(self, client):
        ClauseFactory(title="=HYPERLINK(1;2) ou autre", content={"why": "@SUM(1)", "proofs": "- un\n- deux"})
        rows = list(csv.DictReader(io.StringIO(body(client.get(reverse("clause_data_csv"))))))
        assert rows[0]["titre"] == "'=HYPERLINK(1;2) ou autre"
        assert rows[0]["pourquoi"] == "'@SUM(1)"
        assert rows[0]["preuves"].startswith("'- un")

    def test_the_files_are_streamed_with_few_queries_whatever_their_size(self, client):
        costs = []
        for more in (1, 8):
            for _clause in range(more):
                ClauseFactory()
            with CaptureQueriesContext(connection) as queries:
                response = client.get(reverse("clause_data_json"))
                assert response.streaming
                json.loads(body(response))
            costs.append(len(queries))
        assert costs[0] == costs[1] <= 5

    def test_an_empty_library_gives_whole_files(self, client):
        assert json.loads(body(client.get(reverse("clause_data_json"))))["clauses"] == []
        assert body(client.get(reverse("clause_data_csv"))).strip() == ",".join(NAMES)

    def test_the_page_says_licence_date_and_fields(self, client, django_assert_max_num_queries):
        clause = ClauseFactory()
        with django_assert_max_num_queries(6):
            page = body(client.get(reverse("clause_data")))
        assert "Licence Ouverte 2.0" in page
        assert f'datetime="{localtime(clause.published_at).date().isoformat()}' in page
        assert all(f"<code>{name}</code>" in page for name in NAMES)


@pytest.fixture(scope="module")
def demo(written_once):
    call_command("demo", verbosity=0)


@pytest.mark.usefixtures("demo")
class TestRoundTrip:
    @pytest.mark.parametrize(("name", "pieces"), [("clauses.csv", csv_lines), ("clauses.json", json_pieces)])
    def test_an_export_put_back_into_an_empty_library_exports_the_same(self, tmp_path, name, pieces):
        before = "".join(pieces())
        path = tmp_path / name
        path.write_text(before, encoding="utf-8", newline="")
        UsageReport.objects.all().delete()
        EditSuggestion.objects.all().delete()
        Clause.objects.update(replaced_by=None)
        Clause.objects.all().delete()
        outcome = import_table(path, restore=True, stream=io.StringIO())
        assert outcome.skipped == []
        assert len(outcome.taken) >= 60
        assert "".join(pieces()) == before

    def test_read_again_where_it_comes_from_it_changes_nothing(self, tmp_path):
        path = tmp_path / "clauses.csv"
        path.write_text("".join(csv_lines()), encoding="utf-8", newline="")
        before = list(Clause.objects.order_by("pk").values())
        outcome = import_table(path, stream=io.StringIO())
        assert outcome.taken == []
        assert {entry.said for entry in outcome.skipped} == {"déjà dans la bibliothèque"}
        assert list(Clause.objects.order_by("pk").values()) == before
