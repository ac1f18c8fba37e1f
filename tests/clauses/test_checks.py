"""Every rule of the checklist, on contents made for it: no database but for what the law says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clauses.library.checks import check_content, refusals_among, verdicts
from clauses.library.checks.criteria import find_general_policy
from clauses.library.checks.law import Cited, cited
from clauses.library.vocabularies import (
    MAX_BASES,
    MAX_CONTEXT,
    MAX_LINKS,
    MAX_PROVENANCES,
    MAX_STEPS,
    MAX_VARIABLES,
    MAX_WORDING,
    MAX_WORDINGS,
)
from community.law.actions import create_text
from community.law.models import LegalProvision, LegalText
from community.law.states import LawState
from tests.factories import MemberFactory
from tests.support.cost import LINEAR, growth

WORDING = {
    "key": "redaction",
    "title": "",
    "text": "Sous {delai} jours, un relevé.",
    "ambition": None,
    "conditions": "",
}
VARIABLE = {
    "key": "delai",
    "label": "délai",
    "unit": "jours",
    "minimum": "",
    "maximum": "",
    "default": "",
    "guidance": "",
}
CRITERION = {
    "assessed": "La solidité de la boucle de réemploi décrite dans l’offre.",
    "expected_elements": "Schéma de la boucle, taux de retour engagé.",
    "scoring_method": "",
    "weight_min": 15,
    "weight_max": 25,
    "scale": [{"score": "10", "description": "Boucle décrite"}],
}
NO_CRITERION = dict.fromkeys(("assessed", "expected_elements", "scoring_method"), "") | {
    "weight_min": None,
    "weight_max": None,
    "scale": [],
}


def content(**changes) -> dict:
    return {
        "title": "Relevé trimestriel",
        "summary": "Pour savoir.",
        "kind": "condition_env",
        "document": "cctp",
        "pillar": "env",
        "ambition": 1,
        "licence": "cc-by-4.0",
        "natures": ["services"],
        "objectives": ["eau"],
        "wordings": [WORDING],
        "variables": [VARIABLE],
        "criterion": NO_CRITERION,
        "why": "Sans relevé, rien.",
        "vigilance": "",
        "proofs": "Factures.",
        "execution_control": "",
        "penalty": "",
        "sourcing_questions": "",
        "bases": [{"text": "ccp", "provision": "L2112-2", "note": ""}],
        "links": [],
        "provenances": [],
        "review_by": "2030-01-01",
        "is_sample": False,
        **changes,
    }


def a_criterion(**changes) -> dict:
    own = {name: changes.pop(name) for name in list(changes) if name in CRITERION}
    link = [{"relation": "pair", "reference": "CL-0001"}]
    return content(
        kind="criterion", document="rc", criterion={**CRITERION, **own}, links=changes.pop("links", link), **changes
    )


def nothing(texts: list[str]) -> list[list[Cited]]:
    return [[] for _ in texts]


def found(content: dict, **law) -> dict[str, str]:
    """The codes, each with its level."""
    findings = check_content(content, **{"read": nothing, "read_list": lambda rows: [], **law})
    return {finding.code: str(finding.level) for finding in findings}


def wording(text: str) -> dict:
    return {**WORDING, "text": text}


def test_a_whole_clause_and_a_whole_criterion_are_silent():
    assert found(content()) == {}
    assert found(a_criterion()) == {}


@pytest.mark.parametrize(
    "text",
    [
        "La certification du site par le label Lavage durable.",
        "Les produits portent le label « Ange gardien ».",
        "Le papier est certifié FSC.",
        "Produits porteurs de l’Écolabel européen.",
        "Un label {delai} est exigé.",
        "Des produits labellisés Équitable.",
        "Mobilier NF Environnement, émissions de 3 kg équivalent CO2.",
        "Papier PEFC, sans équivalent.",
        "Label Rouge ou bio.\n\nUn autre alinéa accepte tout label équivalent.",
    ],
)
def test_a_label_without_its_equivalent_is_refused(text):
    assert found(content(wordings=[wording(f"{text} {{delai}}")])) == {"label_without_equivalent": "refusal"}


@pytest.mark.parametrize(
    "text",
    [
        "Le label Lavage durable ou équivalent.",
        "L’Écolabel européen, ou tout label équivalent.",
        "Papier FSC ou PEFC, ou certification équivalente.",
        "Un label est une preuve parmi d’autres.",
        "Les labels sont admis comme moyen de preuve.",
        "Produits Ange bleu. Tout moyen de preuve équivalent est accepté.",
        "L’un des labels suivants, ou équivalent :\n\n- Écolabel européen ;\n- NF Environnement.",
        "Écolabel européen ou\u202féquivalent.",
    ],
)
def test_an_equivalent_said_in_the_paragraph_is_enough(text):
    assert found(content(wordings=[wording(f"{text} {{delai}}")])) == {}


def test_a_label_clause_says_equivalent_even_when_it_names_none():
    bare = content(kind="label", wordings=[wording("Un label de type I, sous {delai}.")])
    assert found(bare) == {"label_without_equivalent": "refusal"}
    assert found(content(kind="label", wordings=[wording("Un label de type I ou équivalent, sous {delai}.")])) == {}


def test_the_label_at_fault_is_shown_where_it_stands():
    text = "Sous {delai}, certification par le label Lavage durable du site."
    finding = refusals_among(check_content(content(wordings=[wording(text)]), read=nothing, read_list=lambda rows: []))[
        0
    ]
    assert (finding.field, "label Lavage" in finding.excerpt) == ("wordings", True)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"assessed": ""}, {"criterion_without_definition": "refusal"}),
        ({"assessed": "Performance environnementale."}, {"criterion_without_definition": "refusal"}),
        ({"proofs": " "}, {"criterion_without_proof": "refusal"}),
        ({"links": []}, {"criterion_without_requirement": "refusal"}),
        ({"links": [{"relation": "completes", "reference": "CL-1"}]}, {"criterion_without_requirement": "refusal"}),
        ({"links": [{"relation": "requirement", "reference": "CL-1"}]}, {}),
        ({"expected_elements": ""}, {"criterion_without_elements": "warning"}),
        ({"scale": []}, {"criterion_without_scale": "warning"}),
        ({"scale": [], "scoring_method": "Au prorata."}, {}),
        ({"weight_min": None, "weight_max": None}, {"criterion_without_weight": "warning"}),
        ({"weight_min": 9}, {"criterion_weight_low": "warning"}),
        ({"weight_min": 10}, {}),
        ({"weight_min": None, "weight_max": 9}, {"criterion_weight_low": "warning"}),
        ({"weight_min": 30, "weight_max": 20}, {"criterion_weights_reversed": "refusal"}),
        ({"weight_max": 101}, {"criterion_weight_out": "refusal"}),
        ({"weight_min": 0}, {"criterion_weight_out": "refusal"}),
    ],
)
def test_what_a_criterion_must_say(changes, expected):
    assert found(a_criterion(**changes)) == expected
    assert found(a_criterion(**changes) | {"kind": "subcriterion"}) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Politique environnementale générale de l’entreprise.",
        "La politique RSE du candidat est appréciée sur 5 points.",
        "Démarche RSE de l’entreprise.",
        "Engagements du soumissionnaire en matière sociale : engagement social de la société.",
        "La stratégie globale de développement durable.",
        "La responsabilité sociétale de l’entreprise.",
        "Le bilan carbone de l’entreprise.",
        "Certification RSE.",
        "Charte de diversité du candidat.",
        "Les engagements que le candidat prend en matière sociale.",
        "Les engagements que l’entreprise formule dans sa politique RSE.",
        "Les engagements que le candidat inscrit dans son offre et la politique RSE du candidat.",
    ],
)
def test_nobody_scores_a_companys_general_policy(sentence):
    assert found(a_criterion(expected_elements=f"Schéma de la boucle. {sentence}")) == {
        "criterion_on_general_policy": "refusal"
    }
    assert found(a_criterion(wordings=[wording(f"{sentence} {{delai}}")])) == {"criterion_on_general_policy": "refusal"}
    assert found(a_criterion(title=sentence)) == {"criterion_on_general_policy": "refusal"}
    assert found(a_criterion(wordings=[{**WORDING, "title": sentence}])) == {"criterion_on_general_policy": "refusal"}


@pytest.mark.parametrize(
    "sentence",
    [
        "La politique générale de l’entreprise n’est pas notée.",
        "Démarche de l’entreprise pour l’exécution du marché.",
        "La démarche RSE mise en place dans le cadre du marché.",
        "La politique de tri que le titulaire appliquera pour ce chantier.",
        "Les moyens affectés au marché.",
        "La démarche de progrès décrite dans l’offre.",
        "Les engagements que le candidat inscrit au cadre de réponse.",
        "Les engagements que le candidat prend dans son offre deviennent contractuels.",
        "Le taux de retour et les engagements que le soumissionnaire détaille.",
        "Chaque engagement que les candidats ont chiffré est repris au contrat.",
    ],
)
def test_what_holds_to_the_contract_is_scored(sentence):
    assert find_general_policy(sentence) is None


def test_a_condition_may_speak_of_the_company():
    assert found(content(wordings=[wording("La démarche RSE de l’entreprise, sous {delai}.")])) == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "Court"}, {"title_missing": "refusal"}),
        ({"summary": " "}, {"summary_missing": "refusal"}),
        ({"kind": ""}, {"kind_missing": "refusal"}),
        ({"document": "autre"}, {"document_missing": "refusal"}),
        ({"pillar": ""}, {"pillar_missing": "refusal"}),
        ({"ambition": 7}, {"ambition_missing": "refusal"}),
        ({"licence": ""}, {"licence_missing": "refusal"}),
        ({"wordings": [], "variables": []}, {"wording_missing": "refusal"}),
        ({"wordings": [WORDING, wording(" ")]}, {"wording_empty": "refusal"}),
        ({"natures": []}, {"nature_missing": "refusal"}),
        ({"objectives": []}, {"objective_missing": "refusal"}),
        ({"objectives": [], "kind": "payment"}, {}),
        ({"why": ""}, {"why_missing": "warning"}),
        ({"proofs": ""}, {"proof_missing": "warning"}),
        ({"proofs": "", "execution_control": "Visites."}, {}),
        ({"bases": []}, {"basis_missing": "warning"}),
        ({"review_by": None}, {"review_by_missing": "warning"}),
        ({"is_sample": True}, {"sample": "warning"}),
        ({"variables": []}, {"variable_not_described": "refusal"}),
        ({"variables": [{**VARIABLE, "label": " "}]}, {"variable_not_described": "refusal"}),
        ({"variables": [VARIABLE, VARIABLE]}, {"variable_twice": "refusal"}),
        ({"variables": [VARIABLE, {**VARIABLE, "key": "autre"}]}, {"variable_not_used": "warning"}),
        ({"wordings": [WORDING, wording("{Taux réemploi}")]}, {"variable_malformed": "warning"}),
    ],
)
def test_each_field_and_each_variable(changes, expected):
    assert found(content(**changes)) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"organisation": "", "mode": "original", "licence": ""}, {"provenance_incomplete": "refusal"}),
        ({"organisation": "Réseau", "mode": "", "licence": ""}, {"provenance_incomplete": "refusal"}),
        ({"organisation": "Réseau", "mode": "taken", "licence": ""}, {"provenance_without_licence": "refusal"}),
        ({"organisation": "Réseau", "mode": "taken", "licence": "etalab-2.0"}, {}),
        ({"organisation": "Réseau", "mode": "inspired", "licence": ""}, {}),
    ],
)
def test_where_a_text_comes_from(row, expected):
    assert found(content(provenances=[row])) == expected


@pytest.mark.parametrize("kind", ["simplified_rules", "progress_plan", "sourcing_form"])
def test_whole_templates_do_without_what_a_clause_says(kind):
    bare = content(kind=kind, objectives=[], variables=[], why="", proofs="", bases=[])
    assert found(bare) == {}
    assert found(bare | {"wordings": [wording("Label Rouge exigé.")]}) == {"label_without_equivalent": "refusal"}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("wordings", [WORDING] * (MAX_WORDINGS + 1)),
        ("links", [{"relation": "pair", "reference": "CL-1"}] * (MAX_LINKS + 1)),
        ("bases", [{"text": "a", "provision": "", "note": ""}] * (MAX_BASES + 1)),
        ("provenances", [{"organisation": "R", "mode": "original", "licence": ""}] * (MAX_PROVENANCES + 1)),
    ],
)
def test_lists_are_capped(name, rows):
    assert found(content(**{name: rows})) == {"list_too_long": "refusal"}
    assert found(content(**{name: rows[:-1]})) == {}


def test_variables_and_scales_are_capped_too():
    keys = [f"v{n}" for n in range(MAX_VARIABLES + 1)]
    many = content(
        wordings=[wording(" ".join(f"{{{key}}}" for key in keys))], variables=[{**VARIABLE, "key": key} for key in keys]
    )
    assert found(many) == {"list_too_long": "refusal"}
    assert found(a_criterion(scale=CRITERION["scale"] * (MAX_STEPS + 1))) == {"list_too_long": "refusal"}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "t" * 161},
        {"summary": "s" * 281},
        {"wordings": [wording("{delai}" + "x" * MAX_WORDING)]},
        {"why": "w" * (MAX_CONTEXT + 1)},
        {"bases": [{"text": "ccp", "provision": "", "note": "n" * 301}]},
        {"variables": [{**VARIABLE, "guidance": "g" * 301}]},
    ],
)
def test_texts_are_capped(changes):
    assert found(content(**changes)) == {"text_too_long": "refusal"}


def law_of(state: LawState, instead: str = ""):
    """Every text that says « décret » cites the same one."""
    one = Cited("Décret n° 2021-254", state, 0, 6, instead)
    return lambda texts: [[one] if "décret" in text.lower() else [] for text in texts]


@pytest.mark.parametrize(
    ("state", "level"), [(LawState.REPEALED, "refusal"), (LawState.REPLACED, "refusal"), (LawState.NOT_YET, "warning")]
)
def test_a_text_out_of_force_is_refused_where_it_would_be_pasted(state, level):
    code = "law_not_yet" if state == LawState.NOT_YET else "law_out_of_force"
    pasted = content(wordings=[wording("Comme le dit le décret, sous {delai}.")])
    assert found(pasted, read=law_of(state)) == {code: level}
    assert found(a_criterion(expected_elements="Selon le décret."), read=law_of(state)) == {code: level}


def test_advice_may_tell_that_a_text_was_repealed():
    told = content(vigilance="Le décret est abrogé.")
    assert found(told, read=law_of(LawState.REPEALED)) == {"law_out_of_force": "warning"}


def test_a_basis_out_of_force_is_refused_with_what_replaced_it():
    gone = Cited("Décret n° 2021-254", LawState.REPLACED, instead="Décret n° 2024-134")
    findings = check_content(content(), read=nothing, read_list=lambda rows: [gone])
    assert [(each.code, each.field, each.stops) for each in findings] == [("law_out_of_force", "bases", True)]
    assert "2024-134" in findings[0].message


@pytest.mark.django_db
def test_an_article_falls_with_its_text():
    yesterday = timezone.localdate() - timedelta(days=1)
    text = LegalText(slug="t", nature="decree", number="2099-1", short_title="Décret", title="Décret")
    create_text(actor=MemberFactory(staff=True), text=text)
    article = LegalProvision.objects.create(text=text, key="3", label="3", title="Objet")
    assert cited(article).state == LawState.IN_FORCE
    text.repealed_on = yesterday
    assert cited(article).state == LawState.REPEALED
    text.save()
    real = content(
        wordings=[wording("Selon le décret n° 2099-1, sous {delai}.")],
        bases=[{"text": "t", "provision": "3", "note": ""}, {"text": "inconnu", "provision": "", "note": ""}],
    )
    fields = {finding.field for finding in check_content(real) if finding.code == "law_out_of_force"}
    assert fields == {"wordings", "bases"}


def test_what_is_right_is_said_too():
    told = verdicts(a_criterion(), check_content(a_criterion(), read=nothing, read_list=lambda rows: []))
    assert {verdict.tone for verdict in told} == {"success"}
    assert len(told) == 7
    bad = a_criterion(proofs="")
    told = verdicts(bad, check_content(bad, read=nothing, read_list=lambda rows: []))
    assert [verdict.tone for verdict in told].count("danger") == 1
    assert len(told) == 7
    template = content(kind="progress_plan")
    assert len(verdicts(template, [])) == 2


@pytest.mark.parametrize(
    "piece", ["label Rouge ", "politique ", "ou ", "la politique de de de ", "n’a ", "{a}", "label "]
)
def test_the_cost_of_the_rules_follows_the_length(piece):
    def run(text: str) -> None:
        check_content(a_criterion(wordings=[wording(text)]), read=nothing, read_list=lambda rows: [])

    small, large = (piece * (length // len(piece)) for length in (4_000, 16_000))
    assert growth(run, small, large) < LINEAR
