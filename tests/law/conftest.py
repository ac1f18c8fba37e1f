import pytest

from community.core.progress import Report
from community.law.reference import load_law
from tests.factories import MemberFactory


@pytest.fixture
def law(db) -> None:
    """The texts, articles, thresholds and lines shipped with the product."""
    load_law(Report())


@pytest.fixture
def jurist(db):
    member = MemberFactory()
    member.expertises.create(kind="jurist")
    return member
