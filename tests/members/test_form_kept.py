import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.core.typed import KEPT_COOKIE, KEPT_FIELD
from tests.factories import MemberFactory
from tests.support.hostile import SCRIPTS

from .support import PASSWORD, confirmed

pytestmark = pytest.mark.django_db

TEXT = "Première ligne, longue de ce que l’on a tapé pendant une heure.\nSeconde ligne, avec « guillemets »."


def kept(page: str, name: str) -> list[str]:
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


def test_a_lost_file_is_named_where_it_can_be_chosen_again(client):
    files = [SimpleUploadedFile("plan & coupe.png", b"x"), SimpleUploadedFile("devis.pdf", b"x")]
    page = client.post(reverse("profile_edit"), {"bio": TEXT, "files": files}).content.decode()
    assert "plan &amp; coupe.png, devis.pdf" in page
    assert 'enctype="multipart/form-data"' in page
    assert re.search(r'<input class="input" type="file"[^>]* name="files"[^>]* multiple>', page)
    assert "enctype" not in client.post(reverse("profile_edit"), {"bio": TEXT}).content.decode()


PROFILE = {
    "first_name": "Après",
    "last_name": "Ferrand",
    "account_kind": "agent",
    "job": "Acheteuse de denrées",
    "bio": TEXT,
    **{f"visibility_{name}": "members" for name in ("job", "organisation", "territory", "bio", "practice")},
    "visibility_availability": "nobody",
}
HERE = {"Origin": "http://testserver"}


def all_inputs(page: str) -> dict[str, str]:
    """What a browser sends of the form that was handed back."""
    form = page[page.index('<form class="stack"') :]
    form = form[: form.index("</form>")]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    found += re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    return {name: unescape(value) for name, value in found}


def posted_too_late(browser: Client) -> dict[str, str]:
    browser.get(reverse("account_login"))
    token = browser.cookies["csrftoken"].value
    response = browser.post(reverse("profile_edit"), PROFILE | {"csrfmiddlewaretoken": token}, headers=HERE)
    assert response.status_code == 401
    return all_inputs(response.content.decode())


def sign_in(browser: Client, member) -> None:
    """In another tab: the token of the first page is no longer good."""
    login = reverse("account_login")
    page = browser.get(login).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    secret = browser.cookies["csrftoken"].value
    fields = {"login": member.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert browser.post(login, fields, headers=HERE).status_code == 302
    assert browser.cookies["csrftoken"].value != secret


def test_after_signing_in_elsewhere_the_form_is_taken_at_the_first_click_with_every_field():
    browser, member = Client(enforce_csrf_checks=True), confirmed(MemberFactory())
    fields = posted_too_late(browser)
    sign_in(browser, member)
    response = browser.post(reverse("profile_edit"), fields, headers=HERE)
    assert response.status_code == 302
    member.refresh_from_db()
    assert (member.first_name, member.job) == ("Après", "Acheteuse de denrées")
    assert member.bio == TEXT
    again = browser.post(reverse("profile_edit"), fields, headers=HERE)
    assert again.status_code == 403, "the ticket is for one use"


@pytest.mark.parametrize("fault", ["another site", "no origin", "another address", "another browser", "forged", "old"])
def test_a_ticket_stands_in_for_the_token_of_one_form_of_one_browser(fault, time_machine):
    browser, member = Client(enforce_csrf_checks=True), confirmed(MemberFactory())
    fields = posted_too_late(browser)
    sign_in(browser, member)
    address, headers = reverse("profile_edit"), HERE
    if fault == "another site":
        headers = {"Origin": "https://evil.example"}
    elif fault == "no origin":
        headers = {}
    elif fault == "another address":
        address = reverse("space_create")
        browser.cookies[KEPT_COOKIE]["path"] = "/"
    elif fault == "another browser":
        del browser.cookies[KEPT_COOKIE]
    elif fault == "forged":
        fields[KEPT_FIELD] = fields[KEPT_FIELD][:-2] + "xx"
    elif fault == "old":
        time_machine.move_to(timezone.now() + timedelta(hours=13))
    response = browser.post(address, fields, headers=headers)
    assert response.status_code == 403
    member.refresh_from_db()
    assert member.first_name != "Après"


def test_what_was_written_is_shown_and_the_rest_is_counted(client):
    page = client.post(reverse("profile_edit"), PROFILE).content.decode()
    assert "Acheteuse de denrées</textarea>" in page
    assert "9 autres champs" in page


def test_an_old_token_alone_hands_the_text_back_then_it_is_taken():
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
