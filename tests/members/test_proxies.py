"""Rate limits count addresses: the visitor's, which only a trusted proxy may tell."""

import pytest
from django.urls import reverse

from community.members.views import signup

pytestmark = pytest.mark.django_db
SEARCH = reverse("organisation_search")


@pytest.fixture(autouse=True)
def two_a_minute(monkeypatch):
    monkeypatch.setattr(signup, "SEARCHES_A_MINUTE", 2)


def searches(client, *forwarded: str) -> list[int]:
    """One search for each value of X-Forwarded-For."""
    return [client.get(SEARCH, headers={"X-Forwarded-For": each}).status_code for each in forwarded]


def test_without_a_trusted_proxy_what_a_visitor_writes_changes_nothing(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert searches(client, "1.1.1.1", "2.2.2.2", "3.3.3.3") == [200, 200, 429]


def test_behind_a_proxy_each_visitor_has_a_limit_of_their_own(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert searches(client, "1.1.1.1", "1.1.1.1", "1.1.1.1", "2.2.2.2") == [200, 200, 429, 200]


def test_behind_a_proxy_what_a_visitor_writes_before_it_changes_nothing(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert searches(client, "9.9.9.1, 1.1.1.1", "9.9.9.2, 1.1.1.1", "9.9.9.3, 1.1.1.1") == [200, 200, 429]


def test_behind_two_proxies_the_second_from_the_end_is_the_visitor(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    sent = [f"9.9.9.{number}, 1.1.1.1, 10.0.0.{number}" for number in range(3)]
    assert searches(client, *sent) == [200, 200, 429]
