"""The clauses of the demonstration could be published as they are, and show each case of the product."""

from collections import Counter
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction

from clauses.dossiers.checks.freshness import has_newer
from clauses.dossiers.content import take, version_content
from clauses.dossiers.models import DossierItem
from clauses.dossiers.views.items import changes_since
from clauses.library.checks import check_content, refusals_among
from clauses.library.content import to_content, variables_in
from clauses.library.demo.reading import content_of, read_clauses, read_life
from clauses.library.hunks import is_stale
from clauses.library.models import Clause, ClauseReview, ClauseVersion, EditSuggestion
from clauses.library.vocabularies import CRITERIA, Ambition, ClauseKind, Consolidation, LegalState, Relation
from clauses.reports.models import UsageReport
from community.core.models import Reference

CLAUSES = read_clauses()
ENOUGH = {"ALI": 8, "BAT": 8, "TP": 6, "NUM": 8, "NET": 4, "EV": 4, "MOB": 3, "TEX": 3, "MOBI": 3, "FOU": 1, "PI": 2}
ROWS = (Clause, ClauseVersion, ClauseReview, EditSuggestion, UsageReport)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Loaded once for the module, and taken back: the demonstration is a whole."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", verbosity=0)
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


class TestFiles:
    def test_there_are_sixty_clauses_of_every_kind_over_the_families_asked_for(self):
        assert len(CLAUSES) >= 60
        assert {clause["kind"] for clause in CLAUSES.values()} == set(ClauseKind.values)
        tops = Counter((clause.get("family") or "").split("-")[0] for clause in CLAUSES.values())
        assert {top: tops[top] for top, least in ENOUGH.items() if tops[top] < least} == {}

    def test_each_criterion_notes_a_clause_of_its_own_family_or_shares_one(self):
        for clause in CLAUSES.values():
            if clause["kind"] not in CRITERIA:
                continue
            assert clause["notes"], clause["key"]
            for key in clause["notes"]:
                noted = CLAUSES[key]
                families = {noted.get("family"), *noted.get("other_families", [])}
                mine = {clause.get("family"), *clause.get("other_families", [])}
                assert families & mine, clause["key"]
                assert set(clause["natures"]) & set(noted["natures"]), clause["key"]
                assert set(clause["objectives"]) & set(noted["objectives"]), clause["key"]

    def test_at_least_twenty_two_pairs(self):
        pairs = {(key, clause["key"]) for clause in CLAUSES.values() for key in clause.get("notes", [])}
        assert len({condition for condition, _criterion in pairs}) >= 22

    @pytest.mark.parametrize("key", CLAUSES)
    def test_variables_are_described_used_and_guided(self, key):
        clause = CLAUSES[key]
        used = set(variables_in("\n".join(wording["text"] for wording in clause["wording"])))
        described = {variable["key"]: variable for variable in clause.get("variables", [])}
        assert used == set(described)
        assert all(variable["guidance"] and variable["label"] for variable in described.values())
        for variable in described.values():
            figures = [variable.get(name) for name in ("minimum", "default", "maximum")]
            numbers = [float(figure.replace(",", ".")) for figure in figures if is_number(figure)]
            assert numbers == sorted(numbers), variable["key"]

    @pytest.mark.parametrize("key", [key for key, clause in CLAUSES.items() if clause["kind"] in CRITERIA])
    def test_a_criterion_has_its_scale_and_weighs_ten_percent_or_more(self, key):
        clause = CLAUSES[key]
        assert clause["weight"][0] >= 10
        assert len(clause["scale"]) >= 3
        assert clause["scale"][-1][0] == "0"

    def test_several_clauses_have_wordings_of_different_ambitions(self):
        several = [clause for clause in CLAUSES.values() if len(clause["wording"]) > 1]
        assert len(several) >= 8
        ambitions = [len({wording.get("ambition") for wording in clause["wording"]}) for clause in several]
        assert sum(count > 1 for count in ambitions) >= 7

    def test_what_a_version_changed_stands_in_the_present_text(self):
        for fields in read_life()["version"]:
            texts = "\n".join(wording["text"] for wording in CLAUSES[fields["clause"]]["wording"])
            assert all(present in texts and present != past for present, past in fields["was"])


def is_number(figure) -> bool:
    return bool(figure) and figure.replace(",", "").replace(".", "").isdigit()


@pytest.mark.usefixtures("demo")
class TestLoaded:
    @pytest.mark.parametrize("key", CLAUSES)
    def test_the_checklist_refuses_nothing(self, key):
        clause = Clause.objects.get(source_key=f"demo:{key}")
        findings = check_content(to_content(clause))
        assert refusals_among(findings) == []
        assert {finding.code for finding in findings} == {"sample"}

    def test_a_published_version_is_what_the_rows_say(self):
        for clause in Clause.objects.readable():
            assert clause.versions.first().content == to_content(clause)
            assert clause.versions.first().html

    def test_the_wordings_of_every_version_have_names_of_their_own_and_dossiers_compare_them(self):
        for version in ClauseVersion.objects.all():
            names = [wording["key"] for wording in version.content["wordings"]]
            assert all(names) and len(set(names)) == len(names) and set(names) <= set(version.html)
        older = [item for item in DossierItem.objects.select_related("clause") if has_newer(item)]
        assert older
        for item in older:
            present = version_content(item.clause, item.clause.version)
            assert item.wording_key in {wording["key"] for wording in present["wordings"]}
            assert any(line.kind != "same" for line in changes_since(item, take(present, item.wording_key)))

    def test_a_second_run_changes_nothing(self):
        before = {model: list(model.objects.order_by("pk").values()) for model in ROWS}
        call_command("demo", verbosity=0)
        assert {model: list(model.objects.order_by("pk").values()) for model in ROWS} == before

    def test_each_case_of_the_product_is_there(self):
        assert Clause.objects.filter(legal_state=LegalState.TO_REVIEW).count() == 3
        obsolete = Clause.objects.get(state="obsolete")
        assert obsolete.replaced_by.state == "published"
        assert Clause.objects.waiting_for_review().count() == 2
        assert set(Clause.objects.published().values_list("consolidation", flat=True)) == set(Consolidation.values)
        assert set(Clause.objects.values_list("ambition", flat=True)) == set(Ambition.values)
        assert Clause.objects.filter(version=3).exists()
        assert EditSuggestion.objects.waiting().count() == 2
        assert not Clause.objects.filter(is_sample=False).exists()

    def test_pairs_stand_on_both_clauses(self):
        for criterion in Clause.objects.of_kind("criterion", "subcriterion"):
            noted = set(criterion.links.filter(relation=Relation.REQUIREMENT).values_list("target", flat=True))
            paired = criterion.linked_from.filter(relation=Relation.PAIR).values_list("clause", flat=True)
            assert noted == set(paired) != set()

    def test_suggestions_apply_to_the_present_text(self):
        for suggestion in EditSuggestion.objects.all():
            content = to_content(suggestion.clause)
            assert all(not is_stale(hunk, content) for hunk in suggestion.hunks.all())

    def test_nobody_reviews_their_own_text(self):
        for review in ClauseReview.objects.select_related("clause"):
            assert review.reviewer_id != review.clause.author_id
            assert review.version <= review.clause.version

    def test_uses_are_counted_exactly(self):
        for clause in Clause.objects.all():
            assert clause.use_count == clause.usage_reports.count()
        assert UsageReport.objects.count() >= 10

    def test_questions_and_clauses_lead_to_one_another(self):
        rows = Reference.objects.filter(source_kind="answer", target_kind="clause")
        assert rows.values("source_id").distinct().count() >= 6

    def test_a_visitor_sees_neither_drafts_nor_the_clause_of_the_closed_space(self):
        seen = Clause.objects.visible_to(AnonymousUser())
        assert set(seen.values_list("state", flat=True)) == {"published", "obsolete"}
        assert not seen.filter(source_key="demo:bat-site-occupe").exists()
        assert Clause.objects.get(source_key="demo:bat-site-occupe").space.visibility == "private"


def test_dates_of_review_and_amounts_are_plain_values():
    content = content_of(CLAUSES["mod-reglement-simplifie"], review_by=date(2027, 1, 1))
    assert (content["amount_min"], content["amount_max"], content["review_by"]) == (
        "60000.00",
        "216000.00",
        "2027-01-01",
    )
