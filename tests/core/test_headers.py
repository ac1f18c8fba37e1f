"""What every response says to browsers and caches, and what stays open without an account."""

import pytest
from django.urls import reverse

from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def directives(response) -> dict[str, str]:
    rows = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, _space, values in rows}


def test_the_public_policy_allows_nothing_inline_and_nothing_from_elsewhere(client):
    policy = directives(client.get(reverse("account_login")))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["font-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy)
    assert "http" not in str(policy)


def test_the_policy_of_the_cms_lets_wagtail_work_and_has_no_nonce(client):
    policy = directives(client.get("/cms/"))
    assert policy["script-src"] == policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["frame-ancestors"] == "'self'"
    assert "nonce" not in str(policy)


@pytest.mark.parametrize("path", ["/cmsx/", "/questions/cms/", "/CMS/"])
def test_only_the_cms_has_the_looser_policy(client, path):
    assert "unsafe-inline" not in client.get(path)["Content-Security-Policy"]


def test_every_page_is_guarded_against_frames_sniffing_and_curious_features(client):
    response = client.get(reverse("account_login"))
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_page_seen_signed_in_is_kept_by_no_shared_cache(client):
    client.force_login(MemberFactory())
    assert "private" in client.get(reverse("my_profile"), follow=True)["Cache-Control"]


@pytest.mark.parametrize("name", ["health", "robots", "favicon"])
def test_pages_for_machines_are_open(client, name):
    assert client.get(reverse(name)).status_code in (200, 302)


def test_health_says_503_without_its_database(client, monkeypatch):
    from django.db import DatabaseError, connection

    def broken():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    response = client.get(reverse("health"))
    assert (response.status_code, response.json()) == (503, {"database": "unreachable"})


def test_a_broken_page_is_answered_even_when_its_own_template_breaks(client, rf, monkeypatch):
    from community.core.views import server_error

    def broken(name):
        raise ValueError

    monkeypatch.setattr("community.core.views.errors.get_template", broken)
    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "a rencontré un problème" in response.text


def test_a_limit_of_accounts_is_answered_with_when_to_come_back(rf):
    from django.contrib.auth.models import AnonymousUser

    from community.core.views import too_many_requests

    request = rf.get("/")
    request.user = AnonymousUser()
    response = too_many_requests(request)
    assert (response.status_code, response["Retry-After"]) == (429, "60")
