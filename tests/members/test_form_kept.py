import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import MemberFactory
from tests.support.hostile import SCRIPTS

pytestmark = pytest.mark.django_db

TEXT = "Première ligne, longue de ce que l’on a tapé pendant une heure.\nSeconde ligne, avec « guillemets »."


def kept(page: str, name: str) -> list[str]:
    from html import unescape

    areas = re.findall(rf'<textarea[^>]*name="{name}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    inputs = re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)">', page)
    return [unescape(each) for each in areas + inputs]


def test_a_form_posted_after_the_session_expired_is_handed_back_whole(client):
    fields = {"bio": TEXT, "first_name": "Élise", "families_followed": ["3", "5"], "password": "secret"}
    response = client.post(reverse("profile_edit"), fields)
    page = response.content.decode()
    assert response.status_code == 401
    assert "Votre session a expiré" in page
    assert kept(page, "bio") == [TEXT]
    assert kept(page, "first_name") == ["Élise"]
    assert kept(page, "families_followed") == ["3", "5"]
    assert "secret" not in page
    assert f'action="{reverse("profile_edit")}"' in page
    assert 'target="_blank"' in page
    assert response["Cache-Control"] == "no-store"


def test_a_lost_file_is_said(client):
    response = client.post(reverse("profile_edit"), {"bio": TEXT, "file": SimpleUploadedFile("a.png", b"x")})
    assert "joignez-les de nouveau" in response.content.decode()


def test_after_signing_in_elsewhere_the_old_token_hands_the_text_back_once_more_then_it_is_taken():
    browser = Client(enforce_csrf_checks=True)
    member = MemberFactory(first_name="Avant")
    browser.get(reverse("account_login"))
    stale = browser.cookies["csrftoken"].value
    browser.force_login(member)
    browser.get(reverse("profile_edit"))
    browser.cookies["csrftoken"] = "A" * 32
    fields = {
        "first_name": "Après",
        "last_name": "Ferrand",
        "account_kind": "agent",
        "bio": TEXT,
        **{f"visibility_{name}": "members" for name in ("job", "organisation", "territory", "bio", "practice")},
        "visibility_availability": "nobody",
    }
    address = reverse("profile_edit")
    response = browser.post(address, fields | {"csrfmiddlewaretoken": stale}, headers={"Origin": "http://testserver"})
    page = response.content.decode()
    assert response.status_code == 403
    # A browser normalises line ends when it posts; the test client does not.
    assert kept(page, "bio") == [TEXT]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    response = browser.post(address, fields | {"csrfmiddlewaretoken": token}, headers={"Origin": "http://testserver"})
    assert response.status_code == 302
    member.refresh_from_db()
    assert member.first_name == "Après"


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Referer": "https://evil.example/x"}])
def test_the_text_of_another_site_is_not_handed_back(headers):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(MemberFactory())
    response = browser.post(reverse("profile_edit"), {"bio": "posé par un autre site"}, headers=headers)
    assert response.status_code == 403
    page = response.content.decode()
    assert "posé par un autre site" not in page


@pytest.mark.parametrize("text", SCRIPTS)
def test_what_is_handed_back_is_text_and_never_markup(client, text):
    page = client.post(reverse("profile_edit"), {"bio": text, 'x"><script>alert(2)</script>': "1"}).content.decode()
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    assert text not in main
    assert "<script" not in main


def test_a_fragment_gets_401_and_the_address_of_the_login(client):
    response = client.post(reverse("profile_edit"), {"bio": TEXT}, headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response["X-Login-Url"] == reverse("account_login")


@pytest.mark.parametrize("fields", [{"bio": "x" * 3_000_000}, {f"champ{number}": "1" for number in range(500)}])
def test_what_is_handed_back_is_bounded(client, fields):
    assert client.post(reverse("profile_edit"), fields).status_code == 400
