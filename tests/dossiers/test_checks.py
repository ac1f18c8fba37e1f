"""What a dossier is told of itself, and what it counts as."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from clauses.dossiers.actions.items import Words, write_article
from clauses.dossiers.actions.variables import Given, fill_variables
from clauses.dossiers.checks import Tone, declared_as, run_checks
from clauses.dossiers.selectors.assembled import assemble
from clauses.dossiers.selectors.page import case_of
from clauses.library.models import Clause, ClauseLink
from clauses.library.vocabularies import ClauseKind, ClauseState, LegalState
from community.law.models import LegalChange, LegalProvision, LegalText, Threshold
from tests.dossiers.support import dossier_of, member, next_version, with_article, with_clause

pytestmark = pytest.mark.django_db
SINCE = date(2026, 8, 21)


@pytest.fixture
def code():
    text = LegalText.objects.create(
        slug="code-de-la-commande-publique", nature="code", short_title="Code de la commande publique", title="Code"
    )
    for key, label in (("L2112-2", "L. 2112-2"), ("R2152-7", "R. 2152-7"), ("L2112-2-1", "L. 2112-2-1")):
        LegalProvision.objects.create(text=text, key=key, label=label, title=label, in_force_from=SINCE)
    for key, amount in (("ue-fournitures-services-autres", 216_000), ("ue-travaux", 5_404_000)):
        Threshold.objects.create(key=key, label=key, amount=amount, applies_from=date(2026, 1, 1))
    return text


def a_dossier(**fields):
    told = {"nature": "services", "buyer": "local", "launch_on": date(2026, 12, 1), **fields}
    return dossier_of(member(), **told)


def told(dossier) -> dict:
    return {each.code: each for each in run_checks(case_of(assemble(dossier.owner, dossier)))}


def declared(dossier) -> tuple[str, ...]:
    return declared_as(case_of(assemble(dossier.owner, dossier))).words


def value(dossier, item, key: str, label: str, words: str) -> None:
    fill_variables(dossier=dossier, actor=dossier.owner, given=[Given((key, label, item.pk), "", words)])


def a_criterion(dossier, weight: int, **fields):
    item = with_clause(
        dossier,
        kind="criterion",
        document="rc",
        wordings=[{"text": "Le critère est pondéré à {ponderation} %."}],
        variables=[{"key": "ponderation", "label": "Pondération du critère", "unit": "%"}],
        **fields,
    )
    value(dossier, item, "ponderation", "Pondération du critère", str(weight))
    return item


def test_a_condition_and_its_criterion_are_a_pair(code):
    dossier = a_dossier()
    condition = with_clause(dossier)
    criterion = a_criterion(dossier, 20, links_to=condition.clause)
    found = told(dossier)["pair"]
    assert found.tone == Tone.GOOD
    assert [label for label, _url in found.law] == ["L. 2112-2", "R. 2152-7"]
    assert [number for number, _anchor in found.places] == ["CCTP 1", "RC 1"]
    ClauseLink.objects.all().delete()
    assert "pair_untied" in told(dossier)
    assert criterion.clause_id


def put(item, lot) -> None:
    item.lot = lot
    item.save()


def test_the_pair_holds_in_each_lot(code):
    dossier = a_dossier(lots=("Repas", "Épicerie", "Boissons"))
    one, two, three = dossier.lots.all()
    condition = with_clause(dossier)
    criterion = a_criterion(dossier, 20, links_to=condition.clause)
    assert told(dossier)["pair"].tone == Tone.GOOD
    put(condition, one)
    found = told(dossier)
    assert found["condition_missing"].title == "Aucune condition environnementale pour les lots 2 et 3"
    assert not {"pair", "pair_untied", "criterion_missing"} & set(found)
    put(criterion, two)
    found = told(dossier)
    assert found["criterion_missing"].title == "Aucun critère environnemental pour les lots 1 et 3"
    assert [number for number, _anchor in found["criterion_missing"].places] == ["CCTP 1"]
    assert [number for number, _anchor in found["condition_missing"].places] == ["RC 1"]
    put(condition, None)
    put(criterion, None)
    three.delete()
    put(condition, one)
    put(with_clause(dossier), two)
    found = told(dossier)["pair_untied"]
    assert "dans la bibliothèque pour le lot 2" in found.why
    assert [number for number, _anchor in found.places] == ["CCTP 2", "RC 1"]


def test_what_no_lot_has_is_said_without_naming_them(code):
    dossier = a_dossier(lots=("Repas", "Épicerie"))
    assert told(dossier)["condition_missing"].title == "Aucune condition environnementale"


@pytest.mark.parametrize(("launch", "tone"), [(SINCE, Tone.WARNING), (SINCE - timedelta(days=1), Tone.ADVICE)])
def test_a_missing_half_is_to_settle_from_the_day_the_law_asks_for_it(code, launch, tone):
    dossier = a_dossier(launch_on=launch)
    with_clause(dossier)
    found = told(dossier)
    assert found["criterion_missing"].tone == tone
    assert "condition_missing" not in found
    assert told(a_dossier(launch_on=launch))["condition_missing"].tone == tone


@pytest.mark.parametrize(
    ("amount", "nature", "expected"),
    [
        (216_000, "services", "social_missing"),
        (215_999, "services", None),
        (1_000_000, "works", None),
        (5_404_000, "works", "social_missing"),
        (None, "services", "social_unknown"),
    ],
)
def test_the_social_condition_follows_the_european_threshold(code, amount, nature, expected):
    dossier = a_dossier(amount=Decimal(amount) if amount else None, nature=nature)
    found = {name for name in told(dossier) if name.startswith("social")}
    assert found == ({expected} if expected else set())


def test_a_threshold_that_is_not_published_yet_is_said_so(code):
    Threshold.objects.update(applies_until=date(2027, 12, 31))
    dossier = a_dossier(launch_on=date(2028, 2, 1), amount=Decimal(1_800_000))
    assert "social_unpublished" in told(dossier)


def test_a_social_condition_above_the_threshold_is_met(code):
    dossier = a_dossier(amount=Decimal(1_800_000))
    with_clause(dossier, kind="insertion", pillar="social", document="ccap")
    assert told(dossier)["social"].title == "Condition sociale, au-delà de 216\u202f000\u202f€\u00a0HT"


def test_criteria_never_weigh_more_than_the_whole_in_one_lot(code):
    dossier = a_dossier(lots=("Repas", "Épicerie"))
    lots = list(dossier.lots.all())
    one, two = a_criterion(dossier, 60), a_criterion(dossier, 50)
    assert told(dossier)["weights"].title == "Les critères pèsent 110\u202f% pour le lot 1"
    for item, lot in ((one, lots[0]), (two, lots[1])):
        item.lot = lot
        item.save()
    assert "weights" not in told(dossier)


def test_each_criterion_has_its_own_weight(code):
    """The same word, « pondération », is not the same value."""
    dossier = a_dossier()
    a_criterion(dossier, 8)
    a_criterion(dossier, 30)
    assert [item.weight for item in assemble(dossier.owner, dossier).items] == [8, 30]
    assert [number for number, _anchor in told(dossier)["weight_light"].places] == ["RC 1"]


def test_an_own_criterion_counts_with_the_weight_that_is_typed(code):
    dossier = a_dossier()
    words = Words(title="Prix", text="Le prix.", document="rc", kind="criterion", pillar="eco", weight=None)
    item = write_article(dossier=dossier, actor=dossier.owner, words=words)
    assert "weight_missing" in told(dossier)
    item.weight = 60
    item.save()
    assert "weight_missing" not in told(dossier)


@pytest.mark.parametrize("relation", ["incompatible", "replaces"])
def test_two_clauses_that_do_not_go_together_are_told_once(code, relation):
    dossier = a_dossier()
    one, two = with_clause(dossier), with_clause(dossier)
    ClauseLink.objects.create(clause=one.clause, target=two.clause, relation=relation)
    ClauseLink.objects.create(clause=two.clause, target=one.clause, relation="incompatible")
    found = [each for each in run_checks(case_of(assemble(dossier.owner, dossier))) if each.code == "incompatible"]
    assert [number for number, _anchor in found[0].places] == ["CCTP 1", "CCTP 2"]
    assert len(found) == 1


@pytest.mark.parametrize("where", ["basis", "words"])
def test_a_text_out_of_force_on_the_day_of_the_launch_is_told(code, where):
    decree = LegalText.objects.create(
        slug="decret-2021-254", nature="decree", number="2021-254", short_title="Décret n° 2021-254", title="Décret"
    )
    # The recogniser reads its vocabulary again when the history of the law says so.
    LegalChange.objects.create(kind="legal_text", object_id=decree.pk, change="created")
    dossier = a_dossier()
    if where == "basis":
        with_clause(dossier, content={"bases": [{"text": decree.slug, "provision": "", "note": ""}]})
    else:
        with_article(dossier, text="Le titulaire applique le décret n° 2021-254.")
    assert "repealed" not in told(dossier)
    successor = LegalText.objects.create(
        slug="decret-2024-134", nature="decree", number="2024-134", short_title="Décret n° 2024-134", title="Décret"
    )
    decree.repealed_on, decree.replaced_by = date(2024, 7, 1), successor
    decree.save()
    found = told(dossier)["repealed"]
    assert "Décret n° 2024-134" in found.why
    assert found.tone == Tone.WARNING


@pytest.mark.parametrize(
    ("fate", "expected"),
    [
        ({"state": ClauseState.OBSOLETE}, "obsolete"),
        ({"legal_state": LegalState.TO_REVIEW}, "to_review"),
        ({"state": ClauseState.ARCHIVED}, "withdrawn"),
        ({"hidden_at": timezone.now()}, "withdrawn"),
    ],
)
def test_what_the_library_no_longer_advises_is_told_and_the_text_stays(code, fate, expected):
    dossier = a_dossier()
    item = with_clause(dossier)
    Clause.objects.filter(pk=item.clause_id).update(**fate)
    assert expected in told(dossier)
    assert "Sous" in assemble(dossier.owner, dossier).items[0].html


def test_variables_and_versions_are_told(code):
    dossier = a_dossier()
    item = with_clause(dossier)
    assert told(dossier)["variables"].title == "Une variable à renseigner"
    next_version(item.clause, "Sous {delai} jours, autre chose.")
    assert told(dossier)["version"].places[0][0] == "CCTP 1"


@pytest.mark.parametrize(("typed", "is_told"), [("45", True), ("30", False), ("trente", False), ("", False)])
def test_a_value_beyond_what_the_clause_advises_is_told(code, typed, is_told):
    dossier = a_dossier()
    delay = {"key": "delai", "label": "Délai", "unit": "jours", "minimum": "10", "maximum": "30"}
    item = with_clause(dossier, variables=[delay])
    value(dossier, item, "delai", "Délai", typed)
    found = told(dossier)
    assert ("bounds" in found) == is_told
    if is_told:
        assert "Délai" in found["bounds"].why and found["bounds"].places[0][0] == "CCTP 1"


def test_a_dossier_counts_in_the_words_of_the_essential_data(code):
    dossier = a_dossier()
    assert declared(dossier) == ("Pas de considération environnementale", "Pas de considération sociale")
    with_clause(dossier)
    a_criterion(dossier, 20)
    with_clause(dossier, kind=ClauseKind.INSERTION, pillar="social")
    with_clause(dossier, kind=ClauseKind.RESERVATION, pillar="social")
    assert declared(dossier) == (
        "Clause environnementale",
        "Critère environnemental",
        "Clause sociale",
        "Marché réservé",
    )
