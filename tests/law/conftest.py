from datetime import date

import pytest
from django.utils import timezone

from community.core.progress import Report
from community.law import actions as law_actions
from community.law.models import LegalText
from community.law.obligations.sources import Law, read_law
from community.law.reference import load_law
from tests.factories import MemberFactory


@pytest.fixture(scope="module")
def law_loaded(written_once) -> None:
    load_law(Report())


@pytest.fixture
def law(law_loaded, db) -> None:
    """The texts, articles, thresholds and lines shipped with the product."""


@pytest.fixture
def jurist(db):
    member = MemberFactory()
    member.expertises.create(kind="jurist")
    return member


_rules: list[Law] = []


@pytest.fixture
def rules(db) -> Law:
    """What `law` puts in the base, read once by each process: it is frozen."""
    if not _rules:
        load_law(Report())
        _rules.append(read_law())
    return _rules[0]


@pytest.fixture
def decree(law) -> LegalText:
    return LegalText.objects.get(slug="decret-2024-134")


@pytest.fixture
def repeal(decree, jurist, run_tasks):
    def act(on: date | None = None, **fields) -> None:
        law_actions.repeal_text(
            actor=jurist, text=decree, on=on or timezone.localdate(), note="Journal officiel", **fields
        )
        run_tasks()

    return act
