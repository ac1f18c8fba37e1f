"""Both sides of every amount, and the amount itself, for every buyer and every period."""

from datetime import date

import pytest

from community.law.obligations.findings import Status
from community.law.obligations.scale import scale

from .engine_support import findings, purchase, status

SUPPLIES_AND_SERVICES_2026 = {
    "local": 216_000,
    "health": 216_000,
    "housing": 216_000,
    "state": 140_000,
    "entity": 432_000,
}


@pytest.mark.parametrize("nature", ["supplies", "services"])
@pytest.mark.parametrize(("buyer", "amount"), SUPPLIES_AND_SERVICES_2026.items())
def test_the_social_condition_starts_at_the_european_threshold_of_the_buyer(rules, nature, buyer, amount):
    asked = {"nature": nature, "buyer": buyer, "launch_date": "2026-09-01"}
    assert status(rules, "social_condition", amount=f"{amount - 1}.99", **asked) == Status.NOT_APPLICABLE
    assert status(rules, "social_condition", amount=f"{amount}", **asked) == Status.APPLIES
    assert status(rules, "social_condition", amount=f"{amount}.01", **asked) == Status.APPLIES


@pytest.mark.parametrize("nature", ["supplies", "services"])
@pytest.mark.parametrize(("buyer", "amount"), SUPPLIES_AND_SERVICES_2026.items())
def test_a_european_procedure_starts_at_the_same_amount(rules, nature, buyer, amount):
    asked = {"nature": nature, "buyer": buyer, "launch_date": "2026-01-01"}
    assert status(rules, "european_procedure", amount=f"{amount - 1}.99", **asked) == Status.NOT_APPLICABLE
    assert status(rules, "european_procedure", amount=f"{amount}", **asked) == Status.APPLIES


@pytest.mark.parametrize(("nature", "family"), [("works", "TP-VOI"), ("concession", "ALI-RES")])
@pytest.mark.parametrize(
    ("launch", "amount", "expected"),
    [
        ("2025-12-31", "5537999.99", Status.NOT_APPLICABLE),
        ("2025-12-31", "5538000", Status.APPLIES),
        ("2026-01-01", "5403999.99", Status.NOT_APPLICABLE),
        ("2026-01-01", "5404000", Status.APPLIES),
        ("2028-01-01", "9000000", Status.TO_CHECK),
    ],
)
def test_works_and_concessions_follow_the_periods(rules, nature, family, launch, amount, expected):
    asked = {"nature": nature, "family": family, "launch_date": launch, "amount": amount}
    assert status(rules, "european_procedure", **asked) == expected


@pytest.mark.parametrize("buyer", ["local", "state", "health", "housing", "university", "entity"])
def test_works_have_one_european_threshold_for_all_buyers(rules, buyer):
    asked = {"nature": "works", "buyer": buyer, "family": "TP-VOI", "launch_date": "2026-09-01"}
    assert status(rules, "social_condition", amount="5403999.99", **asked) == Status.NOT_APPLICABLE
    assert status(rules, "social_condition", amount="5404000", **asked) == Status.APPLIES
    assert status(rules, "social_condition", amount="5404000.01", **asked) == Status.APPLIES


def test_a_concession_below_the_threshold_owes_no_social_condition_and_above_is_to_check(rules):
    asked = {"nature": "concession", "launch_date": "2026-09-01"}
    assert status(rules, "social_condition", amount="5403999.99", **asked) == Status.NOT_APPLICABLE
    assert status(rules, "social_condition", amount="5404000", **asked) == Status.TO_CHECK


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("139999.99", Status.NOT_APPLICABLE),
        ("140000", Status.TO_CHECK),
        ("215999.99", Status.TO_CHECK),
        ("216000", Status.APPLIES),
    ],
)
def test_a_university_is_told_when_its_status_decides(rules, amount, expected):
    assert status(rules, "social_condition", amount=amount, buyer="university") == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("139999.99", Status.NOT_APPLICABLE), ("140000", Status.TO_CHECK), ("432000", Status.APPLIES)],
)
def test_an_unknown_buyer_is_answered_only_where_all_buyers_agree(rules, amount, expected):
    found = findings(rules, amount=amount, buyer=None)["social_condition"]
    assert found.status == expected
    assert found.missing == (("buyer",) if expected == Status.TO_CHECK else ())
    assert str(found.threshold) == "de 140\u202f000\u202f€\xa0HT à 432\u202f000\u202f€\xa0HT"


@pytest.mark.parametrize(
    ("key", "amount_before", "amount_since"),
    [
        ("ue-fournitures-services-etat", 143_000, 140_000),
        ("ue-fournitures-services-autres", 221_000, 216_000),
        ("ue-fournitures-services-entites", 443_000, 432_000),
        ("ue-travaux", 5_538_000, 5_404_000),
        ("ue-concessions", 5_538_000, 5_404_000),
    ],
)
def test_european_thresholds_change_on_the_first_of_january_2026_and_end_with_2027(
    rules, key, amount_before, amount_since
):
    assert rules.threshold(key, date(2025, 12, 31)).amount == amount_before
    assert rules.threshold(key, date(2026, 1, 1)).amount == amount_since
    assert rules.threshold(key, date(2027, 12, 31)).amount == amount_since
    assert rules.threshold(key, date(2028, 1, 1)) is None
    assert rules.threshold(key, date(2023, 12, 31)) is None


def test_after_2027_the_threshold_is_not_published_yet(rules):
    asked = {"amount": "500000"}
    assert status(rules, "social_condition", launch_date="2027-12-31", **asked) == Status.APPLIES
    later = findings(rules, launch_date="2028-01-01", **asked)["social_condition"]
    assert later.status == Status.TO_CHECK
    assert "pas encore publié" in later.why
    assert later.threshold.is_latest_known
    assert later.threshold.amount == 216_000


@pytest.mark.parametrize("nature", ["supplies", "services"])
@pytest.mark.parametrize(
    ("launch", "amount", "expected"),
    [
        ("2026-03-31", "39999.99", Status.NOT_APPLICABLE),
        ("2026-03-31", "40000", Status.APPLIES),
        ("2026-03-31", "40000.01", Status.APPLIES),
        ("2026-04-01", "40000", Status.NOT_APPLICABLE),
        ("2026-04-01", "59999.99", Status.NOT_APPLICABLE),
        ("2026-04-01", "60000", Status.APPLIES),
        ("2026-04-01", "60000.01", Status.APPLIES),
    ],
)
def test_supplies_and_services_leave_the_dispense_at_its_amount(rules, nature, launch, amount, expected):
    asked = {"nature": nature, "launch_date": launch, "amount": amount}
    assert status(rules, "publicity", **asked) == expected
    assert status(rules, "online_documents", **asked) == expected


@pytest.mark.parametrize(
    ("launch", "amount", "expected"),
    [
        # The dispense of before was provisional and its dates were not read again.
        ("2025-12-31", "99999.99", Status.TO_CHECK),
        ("2025-12-31", "100000", Status.TO_CHECK),
        ("2025-12-31", "100000.01", Status.TO_CHECK),
        ("2026-01-01", "99999.99", Status.NOT_APPLICABLE),
        # Up to this amount, itself included: publicity starts with the next cent.
        ("2026-01-01", "100000", Status.NOT_APPLICABLE),
        ("2026-01-01", "100000.01", Status.APPLIES),
    ],
)
def test_works_have_the_dispense_up_to_100_000_included(rules, launch, amount, expected):
    asked = {"nature": "works", "family": "TP-VOI", "launch_date": launch, "amount": amount}
    assert status(rules, "publicity", **asked) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("59999.99", Status.NOT_APPLICABLE),
        ("60000", Status.CONDITIONAL),
        ("99999.99", Status.CONDITIONAL),
        ("100000", Status.CONDITIONAL),
        ("100000.01", Status.APPLIES),
    ],
)
def test_works_that_need_no_notice_put_their_documents_online_if_they_publish_one(rules, amount, expected):
    assert status(rules, "online_documents", nature="works", family="TP-VOI", amount=amount) == expected


@pytest.mark.parametrize(
    ("amount", "states"),
    [
        ("99999.99", ["own", "ahead"]),
        ("100000", ["own", "ahead"]),
        ("100000.01", ["crossed", "own"]),
    ],
)
def test_the_scale_places_works_on_the_same_side(rules, amount, states):
    asked = purchase(nature="works", family="TP-VOI", launch_date="2026-03-01", amount=amount)
    shown = [mark for mark in scale(asked, rules, asked.launch_date) if mark.state == "own" or mark.amount == 100_000]
    assert [mark.state for mark in shown] == states


@pytest.mark.parametrize("nature", ["supplies", "services", "works", "concession"])
@pytest.mark.parametrize(
    ("amount", "expected"),
    [("39999.99", Status.NOT_APPLICABLE), ("40000", Status.APPLIES), ("40000.01", Status.APPLIES)],
)
def test_essential_data_start_at_40_000(rules, nature, amount, expected):
    assert status(rules, "essential_data", nature=nature, amount=amount) == expected


@pytest.mark.parametrize("amount", ["0.01", "1", "40000", "60000000"])
@pytest.mark.parametrize("nature", ["supplies", "services", "works"])
def test_the_environment_counts_from_the_first_euro(rules, nature, amount):
    found = findings(rules, nature=nature, amount=amount)
    assert found["env_condition"].status == Status.APPLIES
    assert found["env_criterion"].status == Status.APPLIES


@pytest.mark.parametrize(
    ("months", "expected"),
    [(5, Status.TO_CHECK), (6, Status.CONDITIONAL), (7, Status.CONDITIONAL), (None, Status.TO_CHECK)],
)
def test_works_of_less_than_six_months_meet_an_exception_nobody_read_again(rules, months, expected):
    found = findings(rules, nature="works", family="TP-VOI", amount="6000000", duration_months=months)
    assert found["social_exceptions"].status == expected
    assert not found["social_exceptions"].is_verified
    assert "motive" in found["social_exceptions"].why or "motiver" in found["social_exceptions"].why


def test_below_the_threshold_there_is_no_exception_to_speak_of(rules):
    assert "social_exceptions" not in findings(rules, amount="80000")


@pytest.mark.parametrize(
    ("launch", "said"), [("2022-12-31", "100"), ("2023-01-01", "50"), ("2023-10-24", "50"), ("2027-01-11", "50")]
)
def test_the_scheme_shows_its_condition_as_yearly_spending_is_never_asked(rules, launch, said):
    found = findings(rules, launch_date=launch)["spaser"]
    assert found.status == Status.CONDITIONAL
    assert str(found.threshold).startswith(f"Plus de {said}")
