"""Both sides of every date of the table, and what is left empty."""

import dataclasses
from datetime import date

import pytest

from community.law.models import LegalProvision, LegalText, Obligation
from community.law.obligations.check import check
from community.law.obligations.declared import declared_as
from community.law.obligations.findings import Status
from community.law.obligations.purchase import Purchase
from community.law.obligations.scale import scale
from community.law.obligations.sources import Law, read_law

from .engine_support import TODAY, findings, purchase, status

APPLIES, TO_CHECK, CONDITIONAL, NOT_YET, NEVER = (
    Status.APPLIES,
    Status.TO_CHECK,
    Status.CONDITIONAL,
    Status.NOT_YET,
    Status.NOT_APPLICABLE,
)
BUILDING = {"nature": "works", "family": "BAT-NEU", "amount": "900000"}
SUN = {"nature": "works", "family": "ENE-PV", "amount": "300000"}
CLOTHES = {"family": "TEX-VET"}
OTHER_FAMILIES = (
    *("ALI", "BAT", "TP", "NUM", "MOB", "MOBI", "EV", "NET", "ENE"),
    *("DEC", "FOU", "COM", "PI", "SEC", "SAN", "INS", "IMM"),
)


@pytest.mark.parametrize(
    ("key", "eve", "day", "before", "after", "asked"),
    [
        ("env_condition", "2026-08-20", "2026-08-21", NOT_YET, APPLIES, {}),
        ("env_criterion", "2026-08-20", "2026-08-21", NOT_YET, APPLIES, {}),
        ("env_criterion", "2026-08-20", "2026-08-21", NOT_YET, APPLIES, {"nature": "concession"}),
        ("concession_report", "2026-08-20", "2026-08-21", NOT_YET, APPLIES, {"nature": "concession"}),
        ("specifications", "2026-08-20", "2026-08-21", NOT_YET, APPLIES, {}),
        ("social_condition", "2026-08-20", "2026-08-21", NOT_YET, APPLIES, {"amount": "216000"}),
        ("egalim_quality", "2021-12-31", "2022-01-01", NOT_YET, APPLIES, {}),
        ("egalim_meat", "2023-12-31", "2024-01-01", NOT_YET, APPLIES, {}),
        ("essential_data", "2023-12-31", "2024-01-01", NOT_YET, APPLIES, {}),
        ("turnover", "2025-12-31", "2026-01-01", NOT_YET, CONDITIONAL, {}),
        ("reused_goods", "2020-12-31", "2021-01-01", NOT_YET, TO_CHECK, CLOTHES),
        ("reused_goods", "2024-06-30", "2024-07-01", TO_CHECK, APPLIES, CLOTHES),
        ("renewable_energy", "2024-06-30", "2024-07-01", NOT_YET, APPLIES, SUN),
        ("plastic_containers", "2024-12-31", "2025-01-01", NOT_YET, TO_CHECK, {}),
        ("re2020", "2021-12-31", "2022-01-01", NOT_YET, APPLIES, BUILDING | {"new_build": "housing"}),
        ("re2020", "2022-06-30", "2022-07-01", NOT_YET, APPLIES, BUILDING | {"new_build": "offices"}),
        ("re2020", "2022-06-30", "2022-07-01", NOT_YET, APPLIES, BUILDING | {"new_build": "school"}),
        ("re2020", "2022-12-31", "2023-01-01", NOT_YET, APPLIES, BUILDING | {"new_build": "extension"}),
        ("re2020_carbon", "2024-12-31", "2025-01-01", NOT_YET, APPLIES, BUILDING | {"new_build": "housing"}),
        ("optional_exclusions", "2023-10-23", "2023-10-24", NOT_YET, CONDITIONAL, {}),
        ("spaser", "2023-10-23", "2023-10-24", NEVER, CONDITIONAL, {"buyer": "state"}),
        ("spaser", "2023-10-23", "2023-10-24", NEVER, CONDITIONAL, {"buyer": "health"}),
    ],
)
def test_a_rule_starts_on_its_day(rules, key, eve, day, before, after, asked):
    assert status(rules, key, launch_date=eve, **asked) == before
    assert status(rules, key, launch_date=day, **asked) == after


@pytest.mark.parametrize(
    ("launch", "year"),
    [("2025-01-01", 2025), ("2027-12-31", 2025), ("2028-01-01", 2028), ("2030-12-31", 2028), ("2031-01-01", 2031)],
)
def test_each_carbon_step_has_its_year(rules, launch, year):
    found = findings(rules, launch_date=launch, new_build="housing", **BUILDING)["re2020_carbon"]
    assert (found.status, found.since) == (APPLIES, date(year, 1, 1))
    assert str(year) in found.title


@pytest.mark.parametrize(
    ("launch", "since", "said"),
    [
        ("2024-07-01", date(2024, 7, 1), "8\u202f% issus"),
        ("2026-12-31", date(2024, 7, 1), "augmentent en 2027"),
        ("2027-01-01", date(2027, 1, 1), "augmentent en 2030"),
        ("2029-12-31", date(2027, 1, 1), "entre les parts"),
        ("2030-01-01", date(2030, 1, 1), "15\u202f% issus"),
    ],
)
def test_reused_goods_follow_their_steps(rules, launch, since, said):
    found = findings(rules, launch_date=launch, **CLOTHES)["reused_goods"]
    assert (found.status, found.since) == (APPLIES, since)
    assert said in found.why


@pytest.mark.parametrize(
    ("launch", "expected", "title"),
    [
        ("2025-12-31", TO_CHECK, "35"),
        ("2026-01-01", APPLIES, "35"),
        ("2029-12-31", APPLIES, "35"),
        ("2030-01-01", APPLIES, "La moitié"),
    ],
)
def test_overseas_canteens_have_their_own_steps(rules, launch, expected, title):
    found = findings(rules, launch_date=launch, place="overseas")["egalim_quality"]
    assert found.status == expected
    assert found.title.startswith(title)


def test_another_overseas_authority_is_never_concluded_on(rules):
    found = findings(rules, place="other")
    assert found["egalim_quality"].status == TO_CHECK
    assert found["egalim_meat"].status == TO_CHECK


@pytest.mark.parametrize(("buyer", "state_restaurant", "expected", "share"), [
    ("local", None, APPLIES, "60"),
    ("state", None, TO_CHECK, "60"),
    ("state", False, APPLIES, "60"),
    ("state", True, APPLIES, "100"),
    (None, None, TO_CHECK, "60"),
])  # fmt: skip
def test_restaurants_of_the_state_serve_only_durable_meat_and_fish(rules, buyer, state_restaurant, expected, share):
    found = findings(rules, buyer=buyer, state_restaurant=state_restaurant)["egalim_meat"]
    assert found.status == expected
    assert found.title.startswith(share)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"catering": "direct"}, APPLIES),
        ({"catering": "contract"}, APPLIES),
        ({"catering": "none"}, NEVER),
        ({"family": "ALI-VIA"}, APPLIES),
        ({"family": "ALI-EQU"}, NEVER),
        ({"family": "ALI-TRA"}, TO_CHECK),
        ({"family": "ALI-TRA", "catering": "contract"}, APPLIES),
        ({"family": "NUM-MAT"}, NEVER),
        ({"family": None}, TO_CHECK),
        ({"nature": "works", "family": None}, NEVER),
    ],
)
def test_egalim_is_for_collective_restaurants(rules, asked, expected):
    assert status(rules, "egalim_quality", **asked) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"family": "TEX-LIN"}, APPLIES),
        ({"family": "TEX-LIN", "buyer": "state"}, APPLIES),
        ({"family": "TEX-LIN", "buyer": "health"}, NEVER),
        ({"family": "TEX-LIN", "buyer": "housing"}, NEVER),
        ({"family": "TEX-LIN", "buyer": "university"}, NEVER),
        ({"family": "TEX-LIN", "buyer": "entity"}, TO_CHECK),
        ({"family": "TEX-LIN", "buyer": None}, TO_CHECK),
        ({"family": "TEX-EPI"}, TO_CHECK),
        ({"family": "TEX-BLA", "nature": "services"}, CONDITIONAL),
        ({"family": "TEX-LIN", "nature": "services"}, CONDITIONAL),
        ({"family": "MOB-BUR"}, TO_CHECK),
        ({"family": "PI-CON", "nature": "services"}, CONDITIONAL),
        # A mixed contract counts for the goods that it brings.
        ({"family": "TP-VOI", "nature": "works"}, CONDITIONAL),
        ({"family": "TP-VOI", "nature": "works", "buyer": "health"}, NEVER),
        ({"nature": "concession"}, NEVER),
    ],
)
def test_reused_goods_bind_the_state_and_local_authorities_for_goods(rules, asked, expected):
    assert status(rules, "reused_goods", **asked) == expected


def test_no_share_is_said_of_a_family_other_than_textiles(rules):
    for nature in ("supplies", "services", "works"):
        for family in OTHER_FAMILIES:
            found = findings(rules, family=family, nature=nature)["reused_goods"]
            assert found.status in (TO_CHECK, CONDITIONAL), (family, nature)
            assert "à vérifier" in found.why
            assert "%" not in found.why


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"new_build": None}, TO_CHECK),
        ({"new_build": "none"}, NEVER),
        ({"new_build": "other"}, TO_CHECK),
        ({"new_build": None, "family": "BAT-REN"}, NEVER),
        ({"new_build": None, "family": None}, TO_CHECK),
        ({"new_build": None, "family": "TP-VOI"}, NEVER),
        ({"new_build": "school", "family": "PI-MOE", "nature": "services"}, APPLIES),
        ({"new_build": "school", "family": "MOB-SCO", "nature": "supplies"}, NEVER),
    ],
)
def test_new_buildings_are_told_by_their_use(rules, asked, expected):
    assert status(rules, "re2020", **BUILDING | asked) == expected


@pytest.mark.parametrize(
    ("family", "key"),
    [("MOBI-VL", "vehicles"), ("NUM-MAT", "digital_footprint"), ("NUM-PRE", "online_accessibility")],
)
def test_what_nobody_read_again_is_to_check(rules, family, key):
    found = findings(rules, family=family)[key]
    assert (found.status, found.is_verified) == (TO_CHECK, False)
    assert status(rules, key, family="ALI") == NEVER


def test_a_plastic_container_rule_is_never_certain(rules):
    found = findings(rules)["plastic_containers"]
    assert (found.status, found.is_verified, found.verified_on) == (TO_CHECK, False, None)


@pytest.mark.parametrize(
    ("family", "expected"),
    [("ENE-PV", APPLIES), ("ENE-ELE", CONDITIONAL), ("BAT-NEU", CONDITIONAL), ("ALI", NEVER), (None, TO_CHECK)],
)
def test_renewable_installations_are_told_by_the_family(rules, family, expected):
    assert status(rules, "renewable_energy", family=family) == expected


def test_a_concession_has_its_own_articles(rules):
    found = findings(rules, nature="concession", amount="900000")
    assert [fact.name for fact in found["env_criterion"].articles] == ["R3124-4"]
    assert found["concession_report"].status == APPLIES
    assert found["env_condition"].status == TO_CHECK
    assert found["specifications"].status == NEVER
    assert found["publicity"].status == NEVER
    assert findings(rules)["concession_report"].status == NEVER


@pytest.mark.parametrize(
    ("left_out", "key"),
    [
        ("nature", "env_condition"),
        ("nature", "specifications"),
        ("nature", "concession_report"),
        ("amount", "social_condition"),
        ("amount", "publicity"),
        ("amount", "online_documents"),
        ("amount", "essential_data"),
        ("buyer", "egalim_meat"),
        ("family", "egalim_quality"),
        ("family", "reused_goods"),
        ("family", "re2020"),
        ("place", "egalim_quality"),
        ("launch_date", "env_condition"),
        ("launch_date", "env_criterion"),
        ("launch_date", "social_condition"),
        ("launch_date", "essential_data"),
    ],
)
def test_an_answer_left_empty_leaves_what_depends_on_it_to_check(rules, left_out, key):
    asked = {"amount": "300000"} | ({"nature": "services"} if left_out == "family" else {})
    found = findings(rules, **asked | {left_out: None})[key]
    assert found.status == TO_CHECK
    assert left_out in found.missing


def test_nothing_answered_applies_nothing(rules):
    found = check(Purchase(), law=rules, today=TODAY)
    assert found
    assert not [finding.key for finding in found if finding.applies]


@pytest.mark.parametrize(("launch", "expected"), [("2027-11-22", None), ("2027-11-23", TO_CHECK)])
def test_a_launch_in_more_than_a_year_is_to_be_checked_again(rules, launch, expected):
    assert status(rules, "postponement", launch_date=launch) == expected


def test_every_finding_says_its_source(rules):
    purchases = ({}, {"nature": "works", "family": "BAT-NEU", "new_build": "housing"}, {"nature": "concession"})
    for asked in purchases:
        for found in findings(rules, **asked).values():
            assert found.articles or found.texts, found.key
            assert found.source, found.key
            assert found.verified_on or not found.is_verified, found.key
            assert found.why, found.key


def test_the_whole_law_is_read_in_one_query(law, django_assert_num_queries):
    with django_assert_num_queries(1):
        check(purchase())


def test_a_jurist_who_moves_a_date_moves_the_answer(law):
    Obligation.objects.filter(slug="condition-environnementale").update(starts_on=date(2027, 1, 12))
    assert status(read_law(), "env_condition", launch_date="2027-01-11") == NOT_YET
    assert status(read_law(), "env_condition", launch_date="2027-01-12") == APPLIES


def test_a_line_marked_to_check_applies_no_more(law):
    Obligation.objects.filter(slug="critere-environnemental").update(to_check=True)
    assert status(read_law(), "env_criterion") == TO_CHECK


@pytest.mark.parametrize(("repealed_on", "expected"), [(date(2027, 1, 11), TO_CHECK), (date(2027, 1, 12), APPLIES)])
def test_a_repealed_article_carries_nothing_from_its_day(law, repealed_on, expected):
    LegalProvision.objects.filter(key="L2112-2").update(repealed_on=repealed_on)
    assert status(read_law(), "env_condition", launch_date="2027-01-11") == expected


def test_a_repealed_text_carries_nothing_either(law):
    LegalText.objects.filter(slug="arretes-2022-12-22").update(repealed_on=date(2026, 12, 1))
    assert status(read_law(), "essential_data") == TO_CHECK


def test_without_any_law_nothing_is_concluded(db):
    found = check(purchase(), law=Law(), today=TODAY)
    assert not [finding.key for finding in found if finding.applies]


def test_the_amount_stands_among_its_thresholds(rules):
    marks = scale(purchase(), rules, TODAY)
    assert [(mark.state, mark.amount) for mark in marks] == [
        ("crossed", 40_000), ("crossed", 60_000), ("own", 80_000), ("ahead", 216_000),
    ]  # fmt: skip
    assert [mark.state for mark in scale(purchase(amount="60000"), rules, TODAY)] == [
        "crossed",
        "crossed",
        "own",
        "ahead",
    ]
    assert scale(purchase(amount=None), rules, TODAY) == []


def test_a_threshold_that_is_not_published_stands_last(rules):
    asked = {"nature": "works", "family": "TP-VOI", "amount": "5500000", "launch_date": "2028-03-01"}
    marks = scale(purchase(**asked), rules, TODAY)
    assert [mark.amount for mark in marks] == [40_000, 100_000, 5_404_000, 5_500_000, None]


def test_the_contract_counts_in_the_words_of_the_essential_data(rules):
    counted = declared_as(findings(rules).values())
    assert counted.environment == ("Clause environnementale", "Critère environnemental")
    assert counted.social == ("Pas de considération",)
    large = declared_as(findings(rules, amount="300000").values())
    assert large.social == ("Clause sociale",)
    early = declared_as(findings(rules, launch_date="2026-08-20").values())
    assert early.environment == ("Pas de considération",)


def test_findings_are_frozen(rules):
    with pytest.raises(dataclasses.FrozenInstanceError):
        findings(rules)["env_condition"].status = NEVER
