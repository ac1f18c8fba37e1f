import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories import MemberFactory

from .support import PASSWORD, code_in, confirmed, last_mail, send_queued_mails, sign_in, with_second_factor

pytestmark = pytest.mark.django_db


def test_a_member_signs_in_with_address_and_password(client):
    member = confirmed(MemberFactory())
    sign_in(client, member)
    assert client.session["_auth_user_id"] == str(member.pk)


def test_a_member_signs_in_with_a_code_received_by_mail(client):
    member = confirmed(MemberFactory())
    client.post(reverse("account_request_login_code"), {"email": member.email})
    response = client.post(reverse("account_confirm_login_code"), {"code": code_in(last_mail())})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(member.pk)


def test_a_second_factor_stands_between_the_password_and_the_session(client):
    member = with_second_factor(confirmed(MemberFactory()))
    response = client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    page = client.get(response.url).content.decode()
    assert "code de secours" in page


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_says_the_same_of_a_known_and_an_unknown_address(client, known):
    confirmed(MemberFactory(email="connue@example.org"))
    address = "connue@example.org" if known else "inconnue@example.org"
    response = client.post(reverse("account_login"), {"login": address, "password": "faux mot de passe"})
    assert response.status_code == 200
    assert "ne vont pas ensemble" in response.content.decode()
    assert address in response.content.decode()


@pytest.mark.parametrize("name", ["account_reset_password", "account_request_login_code"])
def test_asking_for_a_link_or_a_code_says_the_same_of_a_known_and_an_unknown_address(name):
    confirmed(MemberFactory(email="connue@example.org"))
    answers = []
    for address in ("connue@example.org", "absente@example.org"):
        client = Client()
        response = client.post(reverse(name), {"email": address})
        page = client.get(response.url).content.decode().replace(address, "X")
        answers.append((response.status_code, response.url, len(page.splitlines())))
    assert answers[0] == answers[1]
    send_queued_mails()
    assert {tuple(message.to) for message in mail.outbox} == {("connue@example.org",), ("absente@example.org",)}


def test_a_password_is_reset_by_the_link_of_the_mail_once(client):
    member = confirmed(MemberFactory())
    client.post(reverse("account_reset_password"), {"email": member.email})
    link = next(line for line in last_mail().body.splitlines() if line.startswith("http"))
    page = client.get(link, follow=True)
    new = "autre phrase bien longue"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    member.refresh_from_db()
    assert member.check_password(new)
    assert "Ce lien ne sert plus" in Client().get(link, follow=True).content.decode()


def test_too_many_failures_answer_429_with_when_to_retry(client):
    confirmed(MemberFactory(email="connue@example.org"))
    fields = {"login": "connue@example.org", "password": "faux mot de passe"}
    answers = [client.post(reverse("account_login"), fields) for _ in range(6)]
    assert answers[4].status_code == 200
    assert answers[5].status_code == 429
    assert int(answers[5]["Retry-After"]) > 0
    assert "réessayez" in answers[5].content.decode()


def attempts_from(addresses, settings, proxies):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for number, address in enumerate(addresses):
        response = Client(REMOTE_ADDR="10.0.0.1").post(
            reverse("account_login"),
            {"login": f"personne{number}@example.org", "password": "faux"},
            headers={"X-Forwarded-For": address},
        )
    return response


def test_behind_a_proxy_each_person_has_their_own_limit(settings):
    last = attempts_from([f"203.0.113.{n}" for n in range(12)], settings, proxies=1)
    assert last.status_code == 200


def test_behind_a_proxy_one_person_who_forges_the_header_keeps_one_limit(settings):
    last = attempts_from([f"198.51.100.{n}, 203.0.113.7" for n in range(12)], settings, proxies=1)
    assert last.status_code == 429


def test_without_a_proxy_the_header_is_not_believed(settings):
    last = attempts_from([f"203.0.113.{n}" for n in range(12)], settings, proxies=0)
    assert last.status_code == 429


@pytest.mark.parametrize(("loopback", "opens"), [(True, True), (False, False)])
def test_a_demo_account_opens_on_a_laptop_only(client, settings, loopback, opens):
    settings.LOOPBACK = loopback
    member = confirmed(MemberFactory(email="nadia@demo.entraide.example"))
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert ("_auth_user_id" in client.session) is opens


def test_a_demo_account_does_not_come_in_by_a_code_either(client, settings):
    settings.LOOPBACK = False
    member = confirmed(MemberFactory(email="nadia@demo.entraide.example"))
    client.post(reverse("account_request_login_code"), {"email": member.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(last_mail())})
    assert "_auth_user_id" not in client.session


def test_a_ghost_and_a_closed_account_cannot_sign_in(client):
    for member in (MemberFactory(is_active=False), MemberFactory(is_ghost=True, is_active=False)):
        confirmed(member)
        client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_signup", "account_reset_password", "account_request_login_code", "suppliers"],
)
def test_the_pages_of_the_entrance_are_open_and_in_french(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "Sign" not in response.content.decode()


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_pages_of_the_entrance_have_the_footer_of_the_others(client, name):
    page = client.get(reverse(name)).content.decode()
    assert f'href="{reverse("suppliers")}"' in page.split("</main>")[1]
    assert "testserver" not in page.split("</main>")[1]
