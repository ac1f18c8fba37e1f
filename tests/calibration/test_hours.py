"""The estimate of insertion hours: the formula, each bound on its both sides, what the page says of it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from clauses.calibration.hours import MAX_AMOUNT, SHORT, Inputs, OutOfBounds, estimate, training_hours

EXAMPLE = Inputs(amount=Decimal(800_000), labour=Decimal(40), rate=Decimal(5), hourly=Decimal(30))


def test_the_example_of_the_trade_gives_its_hours():
    found = estimate(EXAMPLE)
    assert found.hours == 533
    assert found.exact.quantize(Decimal("0.01")) == Decimal("533.33")
    assert (found.unusual, found.per_month, found.is_short) == ((), None, False)


@pytest.mark.parametrize(("amount", "hours"), [(1_800_000, 1_200), (2_250, 2), (2_249, 1), (3_750, 3)])
def test_hours_are_rounded_to_the_nearest_halves_up(amount, hours):
    assert estimate(replace(EXAMPLE, amount=Decimal(amount))).hours == hours


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("amount", "1", "0.99"),
        ("amount", MAX_AMOUNT, MAX_AMOUNT + Decimal("0.01")),
        ("labour", "1", "0.99"),
        ("labour", "100", "100.01"),
        ("rate", "1", "0.99"),
        ("rate", "50", "50.01"),
        ("hourly", "15", "14.99"),
        ("hourly", "80", "80.01"),
        ("months", 1, 0),
        ("months", 600, 601),
    ],
)
def test_each_bound_is_taken_and_what_passes_it_is_not(name, inside, outside):
    as_typed = int if name == "months" else Decimal
    estimate(replace(EXAMPLE, **{name: as_typed(inside)}))
    with pytest.raises(OutOfBounds, match=name):
        replace(EXAMPLE, **{name: as_typed(outside)})


@pytest.mark.parametrize(
    ("name", "usual", "unusual"),
    [
        ("rate", "5", "4.99"),
        ("rate", "10", "10.01"),
        ("hourly", "25", "24.99"),
        ("hourly", "35", "35.01"),
    ],
)
def test_what_leaves_usage_is_said_from_the_first_hundredth(name, usual, unusual):
    assert estimate(replace(EXAMPLE, **{name: Decimal(usual)})).unusual == ()
    assert estimate(replace(EXAMPLE, **{name: Decimal(unusual)})).unusual == (name,)


def test_less_than_a_week_is_said():
    week = Decimal(SHORT) * 30 / Decimal("0.02")
    assert not estimate(replace(EXAMPLE, amount=week)).is_short
    assert estimate(replace(EXAMPLE, amount=week - 1_500)).is_short


def test_a_duration_gives_the_hours_of_a_month():
    assert estimate(replace(EXAMPLE, months=24)).per_month == 22


@pytest.mark.parametrize(
    ("amount", "hours"),
    [
        ("100000", 150),
        ("100000.01", 300),
        ("200000", 300),
        ("200000.01", 450),
        ("400000", 450),
        ("400000.01", 900),
    ],
)
def test_hours_of_training_change_after_each_amount(amount, hours):
    assert training_hours(Decimal(amount)) == hours


def ask(client, **query):
    return client.get(reverse("insertion_hours"), query)


def test_the_page_answers_whoever_asks_and_says_that_it_is_to_be_checked(client):
    page = ask(client, montant="800 000", part="40", taux="5 %", cout="30 €", duree="24")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Environ 533 heures" in text
    assert "arrondi à l’heure la plus proche" in text
    assert "À vérifier" in text
    assert "À valider avec le facilitateur" in text
    assert "Soit environ 22 h par mois" in text


def test_an_amount_alone_begins_the_form_without_a_reproach(client):
    page = ask(client, montant="640000")
    assert page.status_code == 200
    assert 'value="640000"' in page.content.decode()
    assert "error-summary" not in page.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": "0"},
        {"part": "101"},
        {"taux": "50,01"},
        {"cout": "14,99"},
        {"cout": "x"},
        {"duree": "1,5"},
        {"montant": "-1"},
        {"montant": ""},
        {"part": "9" * 300},
    ],
)
def test_an_answer_out_of_bounds_is_given_back_with_why(client, wrong):
    page = ask(client, **{"montant": "800000", "part": "40", "taux": "5", "cout": "30"} | wrong)
    assert page.status_code == 422
    assert "Environ" not in page.content.decode()


def test_a_clause_of_insertion_leads_to_the_calculator(client, db):
    from tests.factories import ClauseFactory

    clause = ClauseFactory(kind="insertion")
    other = ClauseFactory()
    for each, leads in ((clause, True), (other, False)):
        page = client.get(reverse("clause_detail", args=[each.pk]), follow=True).content.decode()
        assert (reverse("insertion_hours") in page) is leads
