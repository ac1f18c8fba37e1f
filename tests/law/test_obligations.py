"""Right on both sides of every threshold and of every date of the legal calendar."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from community.core.progress import Report
from community.law.models import LegalProvision, LegalText, Threshold
from community.law.obligations import LawBook, Purchase, check, ladder
from community.law.reference import load_law

pytestmark = pytest.mark.django_db
CENT, DAY = Decimal("0.01"), timedelta(days=1)
TODAY = date(2026, 11, 22)
BASE = Purchase(nature="supplies", amount=Decimal(80_000), buyer="local", launch=date(2027, 1, 11))


_kept: list[LawBook] = []


@pytest.fixture
def book(db) -> LawBook:
    """Read once: nothing of it is changed by what reads it."""
    if not _kept:
        load_law(Report())
        _kept.append(LawBook.read())
    return _kept[0]


def found(book: LawBook, key: str, **fields):
    findings = check(replace(BASE, **fields), law=book, today=TODAY)
    return next((finding for finding in findings if finding.key == key), None)


def status(book: LawBook, key: str, **fields) -> str | None:
    finding = found(book, key, **fields)
    return finding and finding.status.value


@pytest.mark.parametrize(
    ("nature", "buyer", "old", "new"),
    [
        ("supplies", "state", 143_000, 140_000),
        ("services", "state", 143_000, 140_000),
        *(
            (nature, buyer, 221_000, 216_000)
            for nature in ("supplies", "services")
            for buyer in ("local", "health", "housing")
        ),
        ("supplies", "entity", 443_000, 432_000),
        ("services", "entity", 443_000, 432_000),
        *(("works", buyer, 5_538_000, 5_404_000) for buyer in ("local", "state", "health", "housing", "entity")),
        ("works", "university", 5_538_000, 5_404_000),
        ("concession", "local", 5_538_000, 5_404_000),
    ],
)
@pytest.mark.parametrize(("launch", "rank"), [(date(2025, 12, 31), 0), (date(2026, 1, 1), 1), (date(2027, 12, 31), 1)])
def test_european_thresholds_by_nature_buyer_and_day(book, nature, buyer, old, new, launch, rank):
    amount = Decimal((old, new)[rank])
    seen = [
        status(book, "european_procedure", nature=nature, buyer=buyer, launch=launch, amount=each)
        for each in (amount - CENT, amount, amount + CENT)
    ]
    assert seen == ["not_applicable", "applies", "applies"]


@pytest.mark.parametrize(
    ("launch", "expected"),
    [(date(2023, 12, 31), "to_check"), (date(2024, 1, 1), "applies"), (date(2028, 1, 1), "to_check")],
)
def test_outside_the_known_periods_nothing_is_concluded(book, launch, expected):
    assert status(book, "european_procedure", amount=Decimal(900_000), launch=launch) == expected


@pytest.mark.parametrize(
    ("nature", "buyer", "amount"),
    [
        ("supplies", "state", 140_000),
        ("services", "local", 216_000),
        ("supplies", "health", 216_000),
        ("services", "entity", 432_000),
        ("works", "local", 5_404_000),
    ],
)
def test_the_social_condition_begins_at_the_european_threshold(book, nature, buyer, amount):
    seen = [
        status(book, "social_condition", nature=nature, buyer=buyer, amount=Decimal(amount) + step)
        for step in (-CENT, Decimal(0), CENT)
    ]
    assert seen == ["not_applicable", "applies", "applies"]
    finding = found(book, "social_condition", nature=nature, buyer=buyer, amount=Decimal(amount))
    assert (finding.threshold.amount, finding.pillar, finding.wants) == (amount, "social", "condition")


@pytest.mark.parametrize(
    ("launch", "amount", "expected"),
    [
        (date(2026, 8, 20), 216_000, "not_yet"),
        (date(2026, 8, 21), 216_000, "applies"),
        (date(2027, 12, 31), 216_000, "applies"),
        (date(2028, 1, 1), 216_000, "to_check"),
        (date(2023, 6, 1), 216_000, "not_yet"),
    ],
)
def test_the_social_condition_has_its_day(book, launch, amount, expected):
    assert status(book, "social_condition", launch=launch, amount=Decimal(amount)) == expected


@pytest.mark.parametrize(
    ("nature", "months", "expected"),
    [("works", 5, "to_check"), ("works", 6, "applies"), ("works", None, "applies"), ("services", 5, "applies")],
)
def test_short_works_may_be_an_exception(book, nature, months, expected):
    amount = Decimal(5_404_000)
    assert status(book, "social_condition", nature=nature, amount=amount, duration_months=months) == expected


@pytest.mark.parametrize(
    ("amount", "social", "procedure"),
    [
        (Decimal("139999.99"), "not_applicable", "not_applicable"),
        (Decimal(140_000), "to_check", "to_check"),
        (Decimal("215999.99"), "to_check", "to_check"),
        (Decimal(216_000), "applies", "applies"),
    ],
)
def test_a_university_between_two_thresholds_is_to_be_checked(book, amount, social, procedure):
    assert status(book, "social_condition", buyer="university", amount=amount) == social
    assert status(book, "european_procedure", buyer="university", amount=amount) == procedure


@pytest.mark.parametrize("key", ["env_condition", "env_criterion", "specifications"])
@pytest.mark.parametrize("nature", ["supplies", "services", "works"])
@pytest.mark.parametrize("amount", [Decimal("0.01"), Decimal(9_000_000)])
@pytest.mark.parametrize(
    ("launch", "expected"),
    [(date(2026, 8, 20), "not_yet"), (date(2026, 8, 21), "applies"), (date(2026, 8, 22), "applies")],
)
def test_environment_is_in_every_contract_from_the_day_of_the_decree(book, key, nature, amount, launch, expected):
    assert status(book, key, nature=nature, amount=amount, launch=launch) == expected


def test_the_eve_says_at_the_latest(book):
    for key in ("env_condition", "env_criterion"):
        why = found(book, key, launch=date(2026, 8, 20)).why
        assert "au plus tard" in why
        assert "21 août 2026" in why
    assert found(book, "env_condition").wants == "condition"
    assert found(book, "env_criterion").wants == "criterion"
    assert found(book, "env_criterion").verified_on == date(2026, 11, 12)


@pytest.mark.parametrize(("launch", "expected"), [(date(2026, 8, 20), "not_yet"), (date(2026, 8, 21), "applies")])
def test_concessions_have_their_own_articles(book, launch, expected):
    for key, article in (("env_criterion", "R.\u00a03124-4"), ("concession_report", "R.\u00a03131-3")):
        finding = found(book, key, nature="concession", launch=launch)
        assert (finding.status, finding.grounds[0].label) == (expected, article)
    assert status(book, "env_condition", nature="concession", launch=launch) == "to_check"
    assert found(book, "env_condition", nature="concession").verified_on is None
    assert status(book, "concession_report", nature="works", launch=launch) is None


def test_the_social_condition_of_a_concession_is_not_concluded(book):
    amount = Decimal(5_404_000)
    assert status(book, "social_condition", nature="concession", amount=amount) == "to_check"
    assert status(book, "social_condition", nature="concession", amount=amount - CENT) == "not_applicable"


@pytest.mark.parametrize(
    ("nature", "launch", "amount", "at"),
    [
        ("supplies", date(2026, 3, 31), 40_000, "applies"),
        ("services", date(2026, 3, 31), 40_000, "applies"),
        ("supplies", date(2026, 4, 1), 60_000, "applies"),
        ("services", date(2026, 4, 1), 60_000, "applies"),
        ("works", date(2025, 12, 31), 100_000, "to_check"),
        ("works", date(2026, 1, 1), 100_000, "to_check"),
        ("works", date(2030, 1, 1), 100_000, "to_check"),
    ],
)
def test_publicity_begins_at_its_amount(book, nature, launch, amount, at):
    amount = Decimal(amount)
    seen = [
        status(book, "publicity", nature=nature, launch=launch, amount=each)
        for each in (amount - CENT, amount, amount + CENT)
    ]
    assert seen == ["not_applicable", at, "applies"]


def test_publicity_of_concessions_and_of_unknown_days_is_not_concluded(book):
    assert status(book, "publicity", nature="concession") == "to_check"
    assert status(book, "publicity", launch=date(2019, 6, 1)) == "to_check"
    assert status(book, "free_documents", nature="concession") is None


@pytest.mark.parametrize(
    ("nature", "launch", "amount", "expected"),
    [
        ("supplies", date(2026, 3, 31), "39999.99", "not_applicable"),
        ("supplies", date(2026, 3, 31), "40000", "applies"),
        ("supplies", date(2026, 4, 1), "59999.99", "not_applicable"),
        ("supplies", date(2026, 4, 1), "60000", "applies"),
        ("works", date(2026, 4, 1), "60000", "not_applicable"),
        ("works", date(2026, 4, 1), "100000", "to_check"),
        ("works", date(2026, 4, 1), "100000.01", "applies"),
    ],
)
def test_free_documents_follow_publicity_and_their_own_amount(book, nature, launch, amount, expected):
    assert status(book, "free_documents", nature=nature, launch=launch, amount=Decimal(amount)) == expected


@pytest.mark.parametrize("nature", ["supplies", "services", "works", "concession"])
@pytest.mark.parametrize(
    ("launch", "amount", "expected"),
    [
        (date(2023, 12, 31), "40000", "not_yet"),
        (date(2024, 1, 1), "39999.99", "not_applicable"),
        (date(2024, 1, 1), "40000", "applies"),
        (date(2024, 1, 1), "40000.01", "applies"),
    ],
)
def test_essential_data_from_forty_thousand(book, nature, launch, amount, expected):
    assert status(book, "essential_data", nature=nature, launch=launch, amount=Decimal(amount)) == expected


@pytest.mark.parametrize(("launch", "expected"), [(date(2025, 12, 31), "not_yet"), (date(2026, 1, 1), "applies")])
def test_the_turnover_cap(book, launch, expected):
    finding = found(book, "turnover_cap", launch=launch)
    assert finding.status == expected
    assert ("120\u202f000\u202f€" in finding.why) is (expected == "applies")
    assert found(book, "turnover_cap", nature="concession") is None


@pytest.mark.parametrize(
    ("buyer", "launch", "expected", "amount"),
    [
        ("local", date(2022, 12, 31), "conditional", 100_000_000),
        ("local", date(2023, 1, 1), "conditional", 50_000_000),
        ("state", date(2023, 10, 23), "not_yet", 50_000_000),
        ("state", date(2023, 10, 24), "conditional", 50_000_000),
        ("health", date(2023, 10, 23), "not_yet", 50_000_000),
        ("health", date(2023, 10, 24), "conditional", 50_000_000),
    ],
)
def test_the_purchasing_scheme_shows_its_condition(book, buyer, launch, expected, amount):
    finding = found(book, "spaser", buyer=buyer, launch=launch)
    assert (finding.status, finding.threshold.amount) == (expected, amount)


def test_before_the_scheme_it_is_not_yet(book):
    assert status(book, "spaser", launch=date(2020, 12, 31)) == "not_yet"


@pytest.mark.parametrize(("launch", "expected"), [(date(2023, 10, 23), None), (date(2023, 10, 24), "conditional")])
def test_optional_exclusions(book, launch, expected):
    assert status(book, "optional_exclusions", launch=launch) == expected


@pytest.mark.parametrize(("launch", "expected"), [(date(2021, 8, 23), "not_yet"), (date(2021, 8, 24), "applies")])
def test_the_principle(book, launch, expected):
    assert status(book, "principle", launch=launch) == expected


@pytest.mark.parametrize(
    ("overseas", "launch", "expected", "word"),
    [
        (False, date(2021, 12, 31), "not_yet", "1er janvier 2022"),
        (False, date(2022, 1, 1), "applies", "50 %"),
        (False, date(2030, 1, 1), "applies", "50 %"),
        (True, date(2025, 12, 31), "to_check", "2026"),
        (True, date(2026, 1, 1), "applies", "35 %"),
        (True, date(2029, 12, 31), "applies", "10 %"),
        (True, date(2030, 1, 1), "applies", "20 %"),
    ],
)
def test_egalim_shares_by_place_and_day(book, overseas, launch, expected, word):
    finding = found(book, "egalim", family="ALI", overseas=overseas, launch=launch)
    assert finding.status == expected
    assert word in finding.why


@pytest.mark.parametrize(
    ("buyer", "restaurant", "launch", "expected", "share"),
    [
        ("local", None, date(2023, 12, 31), "not_yet", ""),
        ("local", None, date(2024, 1, 1), "applies", "60 %"),
        ("state", None, date(2024, 1, 1), "applies", "100 %"),
        ("state", False, date(2024, 1, 1), "applies", "60 %"),
        ("university", True, date(2024, 1, 1), "applies", "100 %"),
    ],
)
def test_meat_and_fish(book, buyer, restaurant, launch, expected, share):
    finding = found(book, "egalim_meat", family="ALI-VIA", buyer=buyer, state_restaurant=restaurant, launch=launch)
    assert finding.status == expected
    assert share in finding.why


def test_meat_overseas_is_to_be_checked(book):
    assert status(book, "egalim_meat", family="ALI", overseas=True) == "to_check"


@pytest.mark.parametrize(
    ("family", "catering", "expected"),
    [
        ("ALI", "", "applies"),
        ("ALI-RES", "service", "applies"),
        ("ALI", "none", "not_applicable"),
        ("ALI-EQU", "", "not_applicable"),
        ("ALI-TRA", "", "not_applicable"),
        ("ALI-TRA", "direct", "applies"),
        ("NUM", "", None),
        ("", "direct", "applies"),
    ],
)
def test_egalim_is_for_canteens(book, family, catering, expected):
    assert status(book, "egalim", family=family, catering=catering) == expected


@pytest.mark.parametrize(("launch", "expected"), [(date(2024, 12, 31), None), (date(2025, 1, 1), "to_check")])
def test_plastic_containers_are_never_concluded(book, launch, expected):
    assert status(book, "plastic_containers", family="ALI", launch=launch) == expected


@pytest.mark.parametrize(
    ("launch", "expected", "word"),
    [
        (date(2020, 12, 31), "not_yet", "2021"),
        (date(2021, 1, 1), "to_check", "abrogé"),
        (date(2024, 6, 30), "to_check", "abrogé"),
        (date(2024, 7, 1), "applies", "8 %"),
        (date(2026, 12, 31), "applies", "fin 2026"),
        (date(2027, 1, 1), "applies", "deuxième palier"),
        (date(2029, 12, 31), "applies", "deuxième palier"),
        (date(2030, 1, 1), "applies", "15 %"),
    ],
)
def test_reuse_steps(book, launch, expected, word):
    finding = found(book, "reuse", family="TEX", launch=launch)
    assert finding.status == expected
    assert word in finding.why


@pytest.mark.parametrize(
    ("nature", "buyer", "family", "expected"),
    [
        ("supplies", "local", "TEX-VET", "applies"),
        ("services", "state", "TEX-BLA", "applies"),
        ("supplies", "local", "MOB", "to_check"),
        ("services", "local", "NUM", "to_check"),
        ("supplies", "local", "ALI", "to_check"),
        ("services", "local", "NET", "not_applicable"),
        ("works", "local", "TP", "not_applicable"),
        ("concession", "local", "ALI", "not_applicable"),
        ("supplies", "health", "TEX", "not_applicable"),
        ("supplies", "housing", "TEX", "not_applicable"),
    ],
)
def test_reuse_is_for_goods_of_the_state_and_local_authorities(book, nature, buyer, family, expected):
    assert status(book, "reuse", nature=nature, buyer=buyer, family=family) == expected


NEW = {"nature": "works", "family": "BAT", "new_build": True}


@pytest.mark.parametrize(
    ("use", "since"),
    [
        ("housing", date(2022, 1, 1)),
        ("offices", date(2022, 7, 1)),
        ("school", date(2022, 7, 1)),
        ("extension", date(2023, 1, 1)),
    ],
)
def test_building_regulation_by_use_and_day(book, use, since):
    assert status(book, "re2020", **NEW, building_use=use, launch=since - DAY) == "not_yet"
    finding = found(book, "re2020", **NEW, building_use=use, launch=since)
    assert (finding.status, finding.since) == ("applies", since)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (NEW | {"building_use": "other"}, "to_check"),
        (NEW, "to_check"),
        (NEW | {"building_use": "housing", "overseas": True}, "to_check"),
        ({"nature": "works", "family": "BAT-NEU", "building_use": "housing"}, "applies"),
        ({"nature": "works", "family": "BAT-REN", "new_build": False}, "not_applicable"),
        ({"nature": "works", "family": "BAT", "new_build": False, "building_use": "extension"}, "applies"),
        ({"nature": "works", "family": "BAT"}, "conditional"),
        ({"nature": "works", "family": "TP", "new_build": True}, "not_applicable"),
        ({"nature": "works", "family": ""}, None),
        ({"nature": "supplies", "family": "ALI"}, "not_applicable"),
    ],
)
def test_building_regulation_is_for_new_builds(book, fields, expected):
    assert status(book, "re2020", **fields) == expected


@pytest.mark.parametrize(
    ("launch", "now", "following"),
    [
        (date(2024, 12, 31), None, 2025),
        (date(2025, 1, 1), 2025, 2028),
        (date(2027, 12, 31), 2025, 2028),
        (date(2028, 1, 1), 2028, 2031),
        (date(2031, 1, 1), 2031, None),
    ],
)
def test_carbon_steps(book, launch, now, following):
    why = found(book, "re2020", **NEW, building_use="housing", launch=launch).why
    assert (f"en cours : {now}" in why) is (now is not None)
    assert (f"Prochain palier carbone : {following}" in why) is (following is not None)


@pytest.mark.parametrize(
    ("family", "said", "launch", "expected"),
    [
        ("ENE-PV", None, date(2024, 6, 30), "not_yet"),
        ("ENE-PV", None, date(2024, 7, 1), "applies"),
        ("ENE", None, date(2024, 7, 1), "conditional"),
        ("ENE", False, date(2024, 7, 1), "not_applicable"),
        ("BAT", True, date(2024, 7, 1), "applies"),
        ("BAT", None, date(2024, 7, 1), None),
    ],
)
def test_renewable_energy(book, family, said, launch, expected):
    assert status(book, "renewable_energy", family=family, renewable_energy=said, launch=launch) == expected


@pytest.mark.parametrize(
    ("family", "keys"), [("MOBI", {"vehicles"}), ("NUM", {"digital", "digital_access"}), ("EV", set())]
)
def test_texts_not_read_again_are_pointed_at_only(book, family, keys):
    findings = [
        each
        for each in check(replace(BASE, family=family), law=book, today=TODAY)
        if each.key in {"vehicles", "digital", "digital_access"}
    ]
    assert {each.key for each in findings} == keys
    assert all(each.status == "to_check" and each.verified_on is None for each in findings)


@pytest.mark.parametrize(("days", "expected"), [(365, None), (366, "to_check")])
def test_more_than_a_year_ahead_the_law_may_move(book, days, expected):
    assert status(book, "far_launch", launch=TODAY + timedelta(days=days)) == expected


def test_an_eighty_thousand_food_contract(book):
    findings = check(replace(BASE, family="ALI", duration_months=24), law=book, today=TODAY)
    by_status = {}
    for each in findings:
        by_status.setdefault(each.status.value, set()).add(each.key)
    assert by_status["applies"] >= {
        "env_condition",
        "env_criterion",
        "egalim",
        "egalim_meat",
        "publicity",
        "free_documents",
        "essential_data",
    }
    assert by_status["to_check"] == {"plastic_containers", "reuse"}
    assert by_status["not_applicable"] == {"social_condition", "re2020", "european_procedure"}
    assert [each.status for each in findings] == sorted(
        (each.status for each in findings),
        key=["applies", "to_check", "conditional", "not_yet", "not_applicable"].index,
    )


def test_every_line_says_its_text_its_date_and_its_check(book):
    for nature in ("supplies", "services", "works", "concession"):
        for family in ("ALI", "BAT-NEU", "NUM", "TEX", "MOBI", "ENE-PV", ""):
            for finding in check(replace(BASE, nature=nature, family=family), law=book, today=TODAY):
                assert finding.title
                assert finding.why
                assert "%(" not in finding.why
                assert finding.grounds or finding.source or finding.status == "to_check", finding.key


def test_the_ladder_places_the_amount_among_its_thresholds(book):
    steps = ladder(BASE, law=book)
    assert [(int(step.amount), step.place) for step in steps] == [
        (40_000, "crossed"),
        (60_000, "crossed"),
        (80_000, "current"),
        (216_000, "ahead"),
    ]
    at = ladder(replace(BASE, amount=Decimal(60_000)), law=book)
    assert [step.place for step in at] == ["crossed", "crossed", "current", "ahead"]
    assert len(ladder(replace(BASE, nature="concession"), law=book)) == 3


def test_two_queries_whatever_is_asked(law, django_assert_num_queries):
    with django_assert_num_queries(2):
        check(replace(BASE, family="ALI"))


def test_an_article_repealed_is_no_longer_asked(law):
    LegalProvision.objects.filter(key__in=["R2152-7", "24"]).update(repealed_on=date(2027, 1, 1))
    LegalText.objects.filter(slug="decret-2024-134").update(repealed_on=date(2027, 1, 1))
    book = LawBook.read()
    assert status(book, "env_criterion") == "not_applicable"
    assert status(book, "env_criterion", launch=date(2026, 12, 31)) == "applies"
    assert status(book, "egalim", family="ALI") == "not_applicable"
    assert status(book, "reuse", family="TEX") == "not_applicable"


def test_a_threshold_published_by_a_jurist_is_used_at_once(law):
    Threshold.objects.create(
        key="ue-fournitures-services-autres", label="Seuil de 2028", amount=220_000, applies_from=date(2028, 1, 1)
    )
    finding = found(LawBook.read(), "social_condition", launch=date(2028, 1, 1), amount=Decimal(220_000))
    assert (finding.status, finding.verified_on) == ("applies", None)


def test_an_empty_base_concludes_nothing(db):
    for nature in ("supplies", "works", "concession"):
        findings = check(replace(BASE, nature=nature, family="ALI"), today=TODAY)
        assert "applies" not in {each.status.value for each in findings}


def test_an_unknown_nature_or_buyer_is_refused():
    with pytest.raises(ValueError, match="unknown"):
        replace(BASE, nature="gift")
    with pytest.raises(ValueError, match="unknown"):
        replace(BASE, buyer="nobody")
