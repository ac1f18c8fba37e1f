import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.domains import DEMO_DOMAIN
from community.members.security import lacks_second_factor
from tests.factories import MemberFactory

from .support import PASSWORD, confirmed, sign_in, with_second_factor

pytestmark = pytest.mark.django_db
ACCOUNT = "/compte/securite/"


@pytest.mark.parametrize("path", ["wagtailadmin_home", "wagtailadmin_explore_root", "wagtailimages:index"])
def test_staff_without_a_second_factor_is_sent_to_set_one_up_before_any_page_of_the_cms(client, path):
    client.force_login(MemberFactory(staff=True, is_superuser=True, second_factor=False))
    response = client.get(reverse(path))
    assert response.status_code == 302
    assert response.url == reverse("account_security")
    page = client.get(response.url).content.decode()
    assert "obligatoire pour l’équipe" in page


@pytest.mark.parametrize("path", ["home", "break_glass_list", "question_list", "health"])
def test_staff_without_a_second_factor_reads_nothing_else_either(client, path):
    """A password alone opens none of the powers of the staff."""
    client.force_login(MemberFactory(staff=True, second_factor=False))
    answer = client.get(reverse(path))
    assert (answer.status_code, answer.get("Location")) == ((200, None) if path == "health" else (302, ACCOUNT))
    assert client.get(ACCOUNT).status_code == 200


def test_the_staff_of_a_demonstration_is_on_a_laptop(client):
    client.force_login(MemberFactory(staff=True, second_factor=False, email=f"admin@{DEMO_DOMAIN}"))
    assert client.get(reverse("question_list")).status_code == 200
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_staff_with_a_second_factor_enters_the_cms(client):
    client.force_login(with_second_factor(MemberFactory(staff=True, is_superuser=True, second_factor=False)))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_recovery_codes_alone_do_not_open_the_cms(client):
    member = MemberFactory(staff=True, is_superuser=True, second_factor=False)
    Authenticator.objects.create(user=member, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    client.force_login(member)
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_cms_has_no_login_form_of_its_own(client, method):
    response = getattr(client, method)(reverse("wagtailadmin_login"), {"username": "x", "password": "y"})
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_staff_without_a_second_factor_lands_on_the_security_page(client):
    member = confirmed(MemberFactory(staff=True, second_factor=False))
    response = client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert response.url == reverse("account_security")


def test_closing_one_session_signs_that_device_out_and_no_other():
    member = confirmed(MemberFactory())
    here, there, elsewhere = Client(), Client(), Client()
    sign_in(here, member)
    lost = sign_in(there, member)
    sign_in(elsewhere, member)
    here.post(reverse("session_close"), {"session": lost.pk})
    assert here.get(reverse("account_security")).status_code == 200
    assert elsewhere.get(reverse("account_security")).status_code == 200
    assert there.get(reverse("account_security")).status_code == 302


def test_closing_all_the_others_leaves_this_one():
    member = confirmed(MemberFactory())
    here, there = Client(), Client()
    sign_in(here, member)
    sign_in(there, member)
    here.post(reverse("session_close"), {"session": "autres"})
    assert here.get(reverse("account_security")).status_code == 200
    assert there.get(reverse("account_security")).status_code == 302


def test_nobody_closes_the_session_of_somebody_else(client):
    victim = Client()
    stolen = sign_in(victim, confirmed(MemberFactory()))
    client.force_login(MemberFactory())
    response = client.post(reverse("session_close"), {"session": stolen.pk})
    absent = client.post(reverse("session_close"), {"session": 999_999})
    assert (response.status_code, absent.status_code) == (409, 409)
    assert victim.get(reverse("account_security")).status_code == 200


def test_the_security_page_lists_devices_without_a_whole_address(client):
    member = confirmed(MemberFactory())
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"
    client.defaults["REMOTE_ADDR"] = "192.0.2.77"
    sign_in(client, member)
    page = client.get(reverse("account_security")).content.decode()
    assert "Firefox sous Windows" in page
    assert "192.0.2.…" in page
    assert "192.0.2.77" not in page


@pytest.mark.parametrize(("address", "kept"), [("192.0.2.77", "192.0.2.0"), ("2001:db8:1:2::7", "2001:db8:1::")])
def test_the_address_of_a_session_is_kept_without_its_end(client, address, kept):
    client.defaults["REMOTE_ADDR"] = address
    assert sign_in(client, confirmed(MemberFactory())).ip == kept


def test_an_act_dates_the_session_and_reading_does_not(client):
    session = sign_in(client, confirmed(MemberFactory()))
    long_ago = timezone.now() - timezone.timedelta(days=3)
    UserSession.objects.filter(pk=session.pk).update(last_seen_at=long_ago)
    client.get(reverse("account_security"))
    assert UserSession.objects.get(pk=session.pk).last_seen_at == long_ago
    cache.clear()
    client.post(reverse("session_close"), {"session": "autres"})
    assert UserSession.objects.get(pk=session.pk).last_seen_at > long_ago


@pytest.mark.parametrize(
    "name", ["mfa_activate_totp", "mfa_add_webauthn", "account_change_password", "account_email", "account_logout"]
)
def test_the_pages_of_the_account_render(client, name):
    member = confirmed(MemberFactory())
    sign_in(client, member)
    prove_again(client)
    response = client.get(reverse(name))
    assert response.status_code == 200
    page = response.content.decode()
    assert "Activate" not in page
    assert "<h1>" in page


def prove_again(client):
    assert "Confirmez que c’est bien vous" in client.get(reverse("account_reauthenticate")).content.decode()
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def test_an_application_of_codes_is_activated_then_gives_recovery_codes(client):
    member = confirmed(MemberFactory())
    sign_in(client, member)
    prove_again(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    response = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    page = response.content.decode()
    assert "10 codes sur 10 n’ont pas servi" in page
    assert not lacks_second_factor(member)
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"):
        assert client.get(reverse(name)).status_code == 200
    codes = client.get(reverse("mfa_download_recovery_codes")).content.decode().split()
    assert len(codes) == 10


def test_a_sensitive_act_asks_again_who_is_there(client):
    sign_in(client, confirmed(MemberFactory()))
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("name", ["mfa_index", "usersessions_list", "mfa_list_webauthn"])
def test_allauth_s_own_lists_lead_to_the_one_page_of_security(client, name):
    client.force_login(MemberFactory())
    assert client.get(reverse(name)).url == reverse("account_security")
