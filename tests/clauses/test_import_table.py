"""CSV and JSON files: clean rows come in whole, as drafts; dirty ones are told by line, and stop nothing."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clauses.library.content import render_all, to_content
from clauses.library.imports import rows as rows_module
from clauses.library.imports.rows import json_objects, read_rows
from clauses.library.imports.table import NotATable, import_table
from clauses.library.models import AlsoIn, Clause, ClauseLink, ClauseVersion, Provenance, Variable, Wording
from clauses.library.opendata.schema import NAMES
from clauses.library.vocabularies import ClauseState, Consolidation
from community.core.events import ContentsImported
from community.law.models import LegalChange, LegalProvision, LegalText
from community.taxonomy.models import Objective, PurchaseFamily, Tag
from tests.factories import ClauseFactory, MemberFactory
from tests.support.hostile import TEXTS, assert_harmless_html

pytestmark = pytest.mark.django_db
CHILDREN = (AlsoIn, ClauseLink, Provenance, Variable, Wording)


@pytest.fixture(autouse=True)
def vocabularies(db):
    PurchaseFamily.objects.create(code="ALI", slug="alimentation", label="Alimentation")
    Objective.objects.create(code="eau", label="Eau", pillar="env")
    code = LegalText.objects.create(slug="ccp", nature="code", short_title="Code", title="Code de la commande publique")
    LegalProvision.objects.create(text=code, key="L2112-2", label="L. 2112-2", title="Conditions")
    LegalText.objects.create(
        slug="decret-2021-254",
        nature="decree",
        number="2021-254",
        short_title="Décret n° 2021-254",
        title="Ancien décret",
        repealed_on="2024-07-01",
    )
    # What the recogniser keeps in memory is read again.
    LegalChange.objects.create(kind="legal_text", object_id=code.pk, change="created")


def record(**changes) -> dict:
    return {
        "titre": "Relevé trimestriel de l’eau consommée",
        "resume": "Quatre relevés par an, par bâtiment.",
        "type_clause": "condition-d-execution-environnementale",
        "piece": "cctp",
        "volet": "environnement",
        "ambition": "engage",
        "natures_marche": ["services"],
        "objectifs": ["eau"],
        "licence": "cc-by-4.0",
        "redactions": [{"texte": "Sous {delai} jours, le titulaire remet un relevé."}],
        "variables": [{"cle": "delai", "libelle": "Délai", "unite": "jours"}],
        **changes,
    }


def as_csv(path: Path, records: list[dict], delimiter: str = ",") -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, NAMES, delimiter=delimiter, restval="")
    writer.writeheader()
    for one in records:
        writer.writerow({name: json.dumps(value) if isinstance(value, list) else value for name, value in one.items()})
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def as_json(path: Path, records: list) -> Path:
    path.write_text(json.dumps({"titre": "[", "clauses": records}), encoding="utf-8")
    return path


def run(path: Path, **options):
    return import_table(path, stream=io.StringIO(), **options)


FORMATS = pytest.mark.parametrize(("write", "name"), [(as_csv, "clauses.csv"), (as_json, "clauses.json")])


class TestCleanRows:
    @FORMATS
    def test_a_row_is_a_whole_draft(self, tmp_path, write, name):
        full = record(
            famille="ALI",
            mots_cles=["eau", "relevé"],
            autres_pieces=["ccap"],
            montant_min_ht="60000",
            bases_legales=[{"texte": "ccp", "article": "L. 2112-2", "precision": "Condition."}],
            provenance=[{"organisme": "Ville de Tercy", "lien": "inspiree", "date": "2025-02-01"}],
            exemple="true" if write is as_csv else True,
        )
        outcome = run(write(tmp_path / name, [full]))
        assert outcome.skipped == outcome.noted == []
        clause = Clause.objects.get()
        content = to_content(clause)
        assert (clause.state, clause.version, clause.live) == (ClauseState.DRAFT, 0, False)
        assert (content["family"], content["tags"], content["also_in"]) == ("ALI", ["eau", "relevé"], ["ccap"])
        assert content["amount_min"] == "60000.00"
        assert content["bases"] == [{"text": "ccp", "provision": "L2112-2", "note": "Condition."}]
        assert content["provenances"][0]["dated"] == "2025-02-01"
        assert content["wordings"][0]["text"] == "Sous {delai} jours, le titulaire remet un relevé."
        assert clause.is_sample

    def test_a_file_of_a_french_spreadsheet_is_read(self, tmp_path):
        path = as_csv(tmp_path / "clauses.csv", [record()], delimiter=";")
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        assert len(run(path).taken) == 1

    @FORMATS
    def test_a_second_run_changes_nothing(self, tmp_path, write, name):
        path = write(tmp_path / name, [record(), record(titre="Un autre relevé de l’eau")])
        assert len(run(path).taken) == 2
        before = list(Clause.objects.order_by("pk").values())
        again = run(path)
        assert again.taken == []
        assert [entry.said for entry in again.skipped] == ["déjà repris"] * 2
        assert list(Clause.objects.order_by("pk").values()) == before

    @FORMATS
    def test_clauses_of_one_file_are_linked_to_each_other(self, tmp_path, write, name):
        link = {"relation": "note-l-exigence", "reference": "CL-9002"}
        unknown = {"relation": "complete", "reference": "CL-7777"}
        records = [
            record(reference="CL-9001", liens=[link, unknown]),
            record(reference="CL-9002", titre="L’exigence notée"),
        ]
        outcome = run(write(tmp_path / name, records))
        first, second = Clause.objects.order_by("pk")
        assert list(first.links.values_list("relation", "target")) == [("requirement", second.pk)]
        assert ["entraide:CL-7777" in entry.said for entry in outcome.noted] == [True]

    def test_one_event_for_the_batch(self, tmp_path, monkeypatch):
        told = []
        monkeypatch.setattr("clauses.library.actions.bulk.emit", told.append)
        run(as_json(tmp_path / "clauses.json", [record(), record(titre="Un autre relevé de l’eau")]))
        assert told == [
            ContentsImported(kind="clause", ids=tuple(Clause.objects.order_by("pk").values_list("pk", flat=True)))
        ]

    def test_what_cites_a_dead_text_comes_in_and_is_told(self, tmp_path):
        dead = record(redactions=[{"texte": "Selon le décret n° 2021-254, sous {delai} jours."}])
        outcome = run(as_json(tmp_path / "clauses.json", [dead]))
        assert len(outcome.taken) == 1
        assert "Décret n° 2021-254" in outcome.noted[0].said

    def test_a_claim_of_being_published_is_not_enough(self, tmp_path):
        life = {
            "etat": "publiee",
            "version": 3,
            "publiee_le": "2026-01-01T00:00:00Z",
            "relecture": "validee-par-un-reseau",
        }
        run(as_json(tmp_path / "clauses.json", [record(reference="CL-9001", **life)]))
        clause = Clause.objects.get()
        assert (clause.state, clause.version) == (ClauseState.DRAFT, 0)
        assert clause.consolidation == Consolidation.CONTRIBUTION
        assert not ClauseVersion.objects.exists()


class TestRestore:
    LIFE = {"etat": "publiee", "version": 3, "publiee_le": "2026-01-01T00:00:00Z", "relecture": "relue-par-un-pair"}

    def test_into_an_empty_library_references_are_kept(self, tmp_path):
        run(as_json(tmp_path / "clauses.json", [record(reference="CL-9001", **self.LIFE)]), restore=True)
        clause = Clause.objects.get()
        assert (clause.reference, clause.state, clause.version) == ("CL-9001", ClauseState.PUBLISHED, 3)
        assert clause.consolidation == Consolidation.PEER
        assert clause.versions.get().content == to_content(clause)
        assert ClauseFactory().pk > 9001

    def test_into_a_library_that_holds_clauses_they_are_not(self, tmp_path):
        taken = ClauseFactory()
        run(as_json(tmp_path / "clauses.json", [record(reference=taken.reference, **self.LIFE)]), restore=True)
        assert Clause.objects.count() == 2
        assert Clause.objects.get(pk=taken.pk).title == taken.title


DIRTY = [
    ({"type_clause": "clause-inconnue"}, "type_clause"),
    ({"famille": "XYZ"}, "famille"),
    ({"objectifs": ["bonheur"]}, "objectifs"),
    ({"cpv": ["00000000"]}, "cpv"),
    ({"titre": ""}, "titre"),
    ({"redactions": []}, "redactions"),
    ({"titre": "x" * 161}, "titre|title"),
    ({"redactions": [{"texte": "x" * 20_001}]}, "wordings"),
    ({"redactions": [{"texte": "a"}] * 9}, "wordings"),
    ({"redactions": [{"texte": "a", "ambition": "héroïque"}]}, "redactions"),
    ({"variables": [{"cle": "Délai !", "libelle": "d"}]}, "variables"),
    ({"variables": [{"cle": "delai", "libelle": "d" * 200}]}, "variables"),
    ({"bareme": ["4"]}, "bareme"),
    ({"bases_legales": [{"texte": "loi-inventee"}]}, "bases_legales"),
    ({"liens": [{"relation": "paire", "reference": "../1"}]}, "liens"),
    ({"provenance": [{"organisme": "X", "lien": "inspiree", "adresse": "javascript:alert(1)"}]}, "provenance"),
    ({"montant_min_ht": "beaucoup"}, "montant_min_ht"),
    ({"montant_min_ht": "300000", "montant_max_ht": "2000"}, "montant_min_ht"),
    ({"utilisable_du": "31/12/2026"}, "utilisable_du"),
    ({"reference": "318"}, "reference"),
    ({"licence": "tous droits réservés"}, "licence"),
]


class TestDirtyRows:
    @FORMATS
    @pytest.mark.parametrize(("changes", "named"), DIRTY, ids=[str(index) for index in range(len(DIRTY))])
    def test_each_is_told_with_its_line_and_stops_nothing(self, tmp_path, write, name, changes, named):
        outcome = run(write(tmp_path / name, [record(), record(**changes), record(titre="Un dernier relevé")]))
        assert len(outcome.taken) == 2
        (entry,) = outcome.skipped
        assert any(word in entry.said for word in named.split("|")), entry.said
        assert entry.place == ("ligne 3" if write is as_csv else "ligne 1")
        assert Clause.objects.count() == 2

    def test_nothing_of_a_refused_row_stays(self, tmp_path):
        path = as_json(tmp_path / "clauses.json", [record(mots_cles=["inédit"], variables=[{"cle": "X"}])])
        assert run(path).taken == []
        assert not any(model.objects.exists() for model in (Clause, Tag, *CHILDREN))

    @FORMATS
    def test_the_same_clause_twice_is_taken_once(self, tmp_path, write, name):
        outcome = run(write(tmp_path / name, [record(), record()]))
        assert (len(outcome.taken), len(outcome.skipped)) == (1, 1)
        assert outcome.skipped[0].said.startswith("doublon de la ligne")

    @FORMATS
    def test_another_encoding_is_told_by_row(self, tmp_path, write, name):
        path = write(tmp_path / name, [record(titre="MARQUE ici"), record(titre="Un autre relevé")])
        path.write_bytes(path.read_bytes().replace(b"MARQUE", "Relevé".encode("latin-1")))
        outcome = run(path)
        assert [entry.said for entry in outcome.skipped] == [rows_module.BAD_ENCODING]
        assert len(outcome.taken) == 1

    def test_halves_of_characters_written_as_escapes_are_refused(self, tmp_path):
        path = tmp_path / "clauses.json"
        path.write_text(json.dumps([record(titre="MARQUE ici")]).replace("MARQUE", "\\ud800"), encoding="utf-8")
        assert [entry.said for entry in run(path).skipped] == [rows_module.BAD_ENCODING]

    @pytest.mark.parametrize(
        "broken", ["{", '{"titre": }', "[[[[", "3", '"texte"', "NaN", '{"titre": 1e999}', "[" * 5_000]
    )
    def test_broken_json_is_told_and_the_rest_goes_on(self, tmp_path, broken):
        path = tmp_path / "clauses.json"
        good = json.dumps(record())
        path.write_text(f"[{good},\n{broken}\n", encoding="utf-8")
        outcome = run(path)
        assert len(outcome.taken) == 1
        assert len(outcome.skipped) == 1

    def test_values_of_other_types_are_refused(self, tmp_path):
        wrong = [
            record(titre=3),
            record(version=True),
            record(version=10**30),
            record(redactions="texte"),
            record(redactions=[{"texte": {"a": 1}}]),
            record(objectifs=[{"code": "eau"}]),
            record(exemple="oui"),
        ]
        outcome = run(as_json(tmp_path / "clauses.json", wrong))
        assert (len(outcome.taken), len(outcome.skipped)) == (0, len(wrong))

    def test_a_lone_quote_does_not_swallow_the_whole_file(self, tmp_path, monkeypatch):
        monkeypatch.setattr(rows_module, "MAX_RECORD", 6_000)
        path = as_csv(tmp_path / "clauses.csv", [record(titre=f"Relevé numéro {number}") for number in range(40)])
        lines = path.read_bytes().split(b"\r\n")
        lines[3] = b'"' + lines[3]
        path.write_bytes(b"\r\n".join(lines))
        outcome = run(path)
        assert outcome.skipped
        assert len(outcome.taken) >= 20

    def test_caps_hold(self, tmp_path, monkeypatch):
        monkeypatch.setattr("clauses.library.imports.table.MAX_ROWS", 2)
        outcome = run(
            as_json(tmp_path / "clauses.json", [record(titre=f"Relevé numéro {number}") for number in range(5)])
        )
        assert len(outcome.taken) == 2
        assert "coupez le fichier" in outcome.skipped[0].said

    def test_an_element_too_long_is_left_out(self, tmp_path, monkeypatch):
        monkeypatch.setattr(rows_module, "MAX_RECORD", 2_000)
        long = record(pourquoi="x" * 3_000)
        outcome = run(as_json(tmp_path / "clauses.json", [long, record()]))
        assert [entry.said for entry in outcome.skipped] == [rows_module.TOO_LONG]
        assert len(outcome.taken) == 1


class TestHostileTexts:
    def test_they_are_refused_or_kept_harmless(self, tmp_path):
        records = [
            record(titre=f"Relevé numéro {number}", pourquoi=text[:4_000], redactions=[{"texte": f"Texte. {text}"}])
            for number, text in enumerate(TEXTS)
        ]
        outcome = run(as_json(tmp_path / "clauses.json", records))
        assert len(outcome.taken) + len(outcome.skipped) == len(TEXTS)
        assert len(outcome.taken) > len(TEXTS) / 2
        for clause in Clause.objects.all():
            for html in render_all(to_content(clause)).values():
                assert_harmless_html(html)


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "text", "why"),
        [
            ("clauses.xls", "", "ni par .csv ni par .json"),
            ("clauses.csv", "", "vide"),
            ("clauses.csv", "a,b\n1,2\n", "colonnes du schéma"),
            ("clauses.csv", "titre,redactions,titre\n", "même nom"),
            ("clauses.json", "", "liste"),
            ("clauses.json", '{"clauses": 3}', "liste"),
        ],
    )
    def test_a_file_that_is_not_one_is_refused_whole(self, tmp_path, name, text, why):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        with pytest.raises(NotATable, match=why):
            run(path)
        with pytest.raises(CommandError, match="rien n’a été repris"):
            call_command("import_clauses", str(path))

    def test_a_list_is_cut_without_being_read_whole(self, monkeypatch):
        monkeypatch.setattr(rows_module, "CHUNK", 3)
        text = '{"a": {"clauses": [0]}, "b": "clauses", "clauses": [{"x": "]},{\\""}, [1, [2]],\n 3 ], "c": [4]}'
        assert list(json_objects(io.StringIO(text))) == [(1, '{"x": "]},{\\""}'), (1, "[1, [2]]"), (2, "3 ")]

    def test_a_missing_file_and_an_unknown_signature_are_said(self, tmp_path):
        with pytest.raises(NotATable, match="introuvable"):
            list(read_rows(tmp_path / "absent.csv"))
        with pytest.raises(CommandError, match="Aucun membre"):
            call_command("import_clauses", str(tmp_path / "absent.csv"), author="personne@exemple.fr")

    def test_the_command_signs_for_the_member_named(self, tmp_path):
        signer = MemberFactory()
        out = io.StringIO()
        path = as_json(tmp_path / "clauses.json", [record(), record(famille="XYZ", titre="Un relevé mal classé")])
        call_command("import_clauses", str(path), author=signer.email, stdout=out)
        assert Clause.objects.get().author == signer
        assert "« famille » : « XYZ » n’est pas admis" in out.getvalue()
        assert "Clauses reprises : 1, en" in out.getvalue()
