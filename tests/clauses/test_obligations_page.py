"""The page of the checker: answers in the address, an answer in groups, wrong answers given back, nothing kept."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from community.core.progress import Report
from community.law.reference import load_law
from tests.factories import ClauseFactory, MemberFactory, PurchaseFamilyFactory

pytestmark = pytest.mark.django_db
FOOD = {
    "nature": "supplies",
    "montant": "80 000",
    "acheteur": "local",
    "famille": "ALI",
    "duree": "24",
    "lancement": "2027-01-11",
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
    """The law, read by all and changed by none for long."""


@pytest.fixture
def food(db):
    return PurchaseFamilyFactory(code="ALI", slug="alimentation", label="Alimentation et restauration")


def ask(client, **answers):
    return client.get(reverse("obligations"), answers)


def words_of(response) -> str:
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def titles(response, key: str) -> list[str]:
    found = next((group for group in response.context["groups"] if group["key"] == key), {"rows": []})
    return [row["finding"].key for row in found["rows"] if row["finding"]]


def test_without_answers_the_page_says_what_it_will_tell(client, law, food):
    response = ask(client)
    assert response.status_code == 200
    assert "La réponse s’affichera ici" in words_of(response)
    example = response.context["examples"][0]["url"]
    assert client.get(reverse("obligations") + example).context["answer"].applying


def test_a_food_contract_of_80_000_learns_what_the_law_asks(client, law, food):
    response = ask(client, **FOOD)
    assert response.status_code == 200
    assert {"env_condition", "env_criterion", "egalim_quality", "publicity", "essential_data"} <= set(
        titles(response, "oui")
    )
    assert titles(response, "verifier") == ["plastic_containers", "reused_goods"]
    assert "social_condition" in titles(response, "non")
    text = words_of(response)
    assert "Huit obligations s’appliquent, deux points sont à vérifier" in text
    assert "Article L. 2112-2" in text.replace("\xa0", " ")
    assert "21 août 2026" in text
    assert "12 novembre 2026" in text
    assert "Clause environnementale, Critère environnemental" in text
    assert [mark.state for mark in response.context["answer"].marks] == ["crossed", "crossed", "own", "ahead"]


def test_a_consultation_after_the_known_thresholds_is_not_concluded_on(client, law, food):
    response = ask(client, nature="works", montant="5500000", duree="5", lancement="2028-03-01", acheteur="local")
    assert response.context["groups"][0]["key"] == "verifier"
    text = words_of(response)
    assert "Nous préférons ne pas conclure" in text
    assert "pas encore publié" in text
    assert "moins de six mois" in text


def test_what_waits_for_the_family_is_one_line(client, law, food):
    response = ask(client, nature="supplies", montant="80000", lancement="2027-01-11")
    rows = next(group for group in response.context["groups"] if group["key"] == "verifier")["rows"]
    grouped = [row for row in rows if row["finding"] is None]
    assert len(grouped) == 1
    assert len(grouped[0]["titles"]) > 3
    assert 'href="#id_famille"' in response.content.decode()


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("montant", "beaucoup", "Écrivez le montant en chiffres"),
        ("montant", "-5", "supérieur à zéro"),
        ("montant", "0", "supérieur à zéro"),
        ("montant", "1e9", "Écrivez le montant en chiffres"),
        ("montant", "9" * 13, "99 milliards"),
        ("montant", "9" * 5000, "Écrivez le montant en chiffres"),
        ("montant", "80 000,555", "Écrivez le montant en chiffres"),
        ("montant", "NaN", "Écrivez le montant en chiffres"),
        ("duree", "0", "un mois au moins"),
        ("duree", "601", "600 mois"),
        ("duree", "un an", "mois entiers"),
        ("duree", "9" * 5000, "mois entiers"),
        ("lancement", "2027-02-30", "Cette date n’existe pas"),
        ("lancement", "demain", "Cette date n’existe pas"),
        ("lancement", "2019-03-31", "1er avril 2019"),
        ("lancement", "2051-01-01", "trop lointaine"),
        ("nature", "troc", "Choisissez fournitures"),
        ("acheteur", "moi", "n’est pas dans la liste"),
        ("territoire", "lune", "n’est pas dans la liste"),
        ("famille", "ZZZ", "n’est pas dans la liste"),
        ("construction", "pyramide", "n’est pas dans la liste"),
        ("montant", "\x00", "Écrivez le montant en chiffres"),
    ],
)
def test_a_wrong_answer_is_given_back_with_how_to_mend_it(client, food, name, typed, sentence):
    response = ask(client, **FOOD | {name: typed})
    assert response.status_code == 422
    text = words_of(response).replace("\u202f", " ")
    assert sentence in text
    assert "Votre saisie est gardée" in text
    assert 'value="24"' in response.content.decode() or name == "duree"
    assert "groups" not in response.context


@pytest.mark.parametrize(
    "typed", ["80000", "80 000", "80\u202f000", "80\xa0000,00", "80000.00", "80 000 €", " 80 000 € HT "]
)
def test_amounts_are_read_as_people_write_them(client, food, typed):
    assert ask(client, **FOOD | {"montant": typed}).context["answer"].purchase.amount == 80_000


@pytest.mark.parametrize("typed", ["2019-04-01", "2050-12-31", "31/12/2050"])
def test_days_at_both_ends_are_read(client, food, typed):
    assert ask(client, **FOOD | {"lancement": typed}).status_code == 200


def test_the_address_of_an_answer_gives_it_again(client, law, food):
    first = ask(client, **FOOD)
    again = client.get(first.context["own_url"])
    assert again.context["answer"].purchase == first.context["answer"].purchase
    assert "territoire" not in first.context["own_url"]


def test_nothing_is_kept(client, food):
    member = MemberFactory()
    client.force_login(member)
    ask(client, **FOOD)
    assert not member.drafts.exists()


def test_the_page_never_costs_more_with_more_clauses(client, law, food, django_assert_max_num_queries):
    for _turn in range(6):
        condition = ClauseFactory(family=food)
        ClauseFactory(criterion=True, family=food, links_to=condition)
    ask(client, **FOOD)
    with django_assert_max_num_queries(5):
        ask(client, **FOOD)


@pytest.mark.parametrize(
    ("answers", "details"),
    [
        ({"famille": "ALI"}, ["restauration"]),
        ({"famille": "ALI", "acheteur": "state"}, ["restauration", "restaurant_etat"]),
        ({"famille": "BAT"}, ["construction"]),
        ({"famille": "NUM"}, []),
        ({"famille": "", "nature": "works"}, ["construction"]),
    ],
)
def test_a_family_asks_for_its_own_details(client, food, answers, details):
    PurchaseFamilyFactory(code="BAT", slug="batiment")
    PurchaseFamilyFactory(code="NUM", slug="numerique")
    form = ask(client, **FOOD | answers).context["form"]
    assert [field.name for field in form.details] == details


def test_an_answer_that_is_not_asked_changes_nothing(client, food):
    PurchaseFamilyFactory(code="NUM", slug="numerique")
    response = ask(client, **FOOD | {"famille": "NUM", "construction": "housing"})
    assert response.context["answer"].purchase.new_build is None


def test_the_pairs_that_satisfy_it_are_shown(client, law, food):
    condition = ClauseFactory(family=food, title="Relevé des produits durables")
    ClauseFactory(criterion=True, family=food, title="Critère approvisionnements", links_to=condition)
    response = ask(client, **FOOD)
    text = words_of(response)
    assert "Une paire de clauses qui y répond" in text
    assert "Relevé des produits durables" in text
    assert "Critère approvisionnements" in text
    assert response.context["unanswered"] == []


def test_what_no_clause_satisfies_is_said_with_a_way_to_propose_one(client, law, food):
    response = ask(client, **FOOD)
    assert response.context["unanswered"] == [
        "Une condition d’exécution environnementale",
        "Un critère d’attribution environnemental",
    ]
    assert reverse("clause_propose") in response.content.decode()


def test_the_question_form_receives_the_answers(client, law, food):
    url = ask(client, **FOOD).context["question_url"]
    told = parse_qs(urlsplit(url).query)
    assert "80\u202f000\u202f€" in told["texte"][0]
    assert "Alimentation" in told["texte"][0]
    client.force_login(MemberFactory())
    page = client.get(url)
    assert page.status_code == 200
    assert "Lancement le 11 janvier 2027" in page.content.decode()
    assert f'<option value="{food.pk}" selected>' in page.content.decode()


def test_hostile_words_stay_words(client, law, food):
    response = ask(client, **FOOD | {"montant": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in response.content.decode()
    assert ask(client, **FOOD | {"inconnu": "x" * 5000}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_is_only_read(client, method):
    assert getattr(client, method)(reverse("obligations")).status_code == 405
