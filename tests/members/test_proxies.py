"""Rate limits count addresses: the visitor's, which only a trusted proxy may tell."""

import pytest
from django.urls import reverse

from community.members.views import signup
from tests.factories import MemberFactory

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


@pytest.mark.parametrize("page", ["account_signup", "profile_edit"])
def test_the_button_of_a_form_without_script_searches_as_often_and_no_more(client, page):
    if page == "profile_edit":
        client.force_login(MemberFactory())
    answers = [client.post(reverse(page), {"chercher": "1", "organisation_query": "val"}) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert client.get(SEARCH).status_code == 429
    answer = client.post(reverse(page), {"chercher": "1", "organisation_query": "val"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
