import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from community.members.models import Member, Organisation, OrganisationDomain
from tests.factories import MemberFactory, PurchaseFamilyFactory, ThemeFactory

from .support import (
    PASSWORD,
    code_in,
    confirm,
    confirmed,
    known_organisation,
    last_mail,
    send_queued_mails,
    sign_up,
    signup_fields,
)

pytestmark = pytest.mark.django_db


def test_signing_up_and_confirming_makes_a_member_who_is_signed_in(client):
    family, theme = PurchaseFamilyFactory(), ThemeFactory()
    response = sign_up(client, families_followed=[family.pk], themes_followed=[theme.pk])
    assert response.url == reverse("account_email_verification_sent")
    response = confirm(client)
    assert response.status_code == 302
    member = Member.objects.get(email="elise.montagnac@val-ormel.example")
    assert client.session["_auth_user_id"] == str(member.pk)
    assert (member.get_full_name(), member.job, member.organisation.name) == (
        "Élise Montagnac",
        "Acheteuse",
        "Syndicat des eaux du Val d’Ormel",
    )
    assert member.charter_accepted_at
    assert not member.is_verified
    assert not member.organisation.is_known
    assert [*member.families_followed.all()] == [family]
    assert [*member.themes_followed.all()] == [theme]


@pytest.mark.parametrize("known", [False, True])
def test_a_known_address_is_answered_as_a_new_one_and_as_slowly(client, monkeypatch, known):
    if known:
        confirmed(MemberFactory(email=signup_fields()["email"]))
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, word, salt: hashed.append(word) or encode(self, word, salt)
    )
    assert sign_up(client).url == reverse("account_email_verification_sent")
    assert hashed == [PASSWORD]


def test_the_address_of_a_known_organisation_verifies_its_member_once_confirmed(client):
    organisation = known_organisation()
    sign_up(client, organisation=str(organisation.pk))
    assert not Member.objects.get().is_verified
    confirm(client)
    member = Member.objects.get()
    assert member.is_verified
    assert member.verification == "domain"


def test_a_wrong_code_confirms_nothing(client):
    known_organisation()
    sign_up(client)
    code_in(last_mail())
    response = client.post(reverse("account_email_verification_sent"), {"code": "AAAAAA"})
    assert response.status_code == 200
    assert not Member.objects.get().is_verified


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"charter": ""}, "Lisez la charte"),
        ({"organisation": ""}, "Cherchez votre organisation"),
        ({"organisation": "999999"}, "Cherchez votre organisation"),
        ({"organisation_name": ""}, "Donnez le nom de l’organisation"),
        ({"organisation_kind": ""}, "Choisissez le type"),
        ({"siret": "2001 2345 6000 1"}, "13 chiffres au lieu de 14"),
        ({"first_name": "x" * 81}, "80"),
        ({"job": "x" * 121}, "120"),
        ({"account_kind": "administrateur"}, "administrateur"),
    ],
)
def test_what_cannot_be_taken_says_how_to_mend_it_and_keeps_the_rest(client, changes, sentence):
    response = sign_up(client, **changes)
    assert response.status_code == 200
    page = response.content.decode()
    assert sentence in page
    assert "elise.montagnac@val-ormel.example" in page
    assert not Member.objects.exists()


def test_an_organisation_that_nobody_confirmed_cannot_be_chosen_by_its_number(client):
    proposed = Organisation.objects.create(name="Faux CHU", kind="hospital")
    response = sign_up(client, organisation=str(proposed.pk))
    assert "Cherchez votre organisation" in response.content.decode()


def test_a_supplier_is_told_where_to_turn_and_is_not_a_member(client):
    response = sign_up(client, account_kind="supplier")
    assert response.url == reverse("suppliers")
    assert not Member.objects.exists()
    page = client.get(response.url).content.decode()
    assert "Médiation des entreprises" in page


def test_searching_an_organisation_without_script_keeps_what_was_typed(client):
    known_organisation(name="Communauté de communes du Val d’Ormel")
    family = PurchaseFamilyFactory()
    response = client.post(
        reverse("account_signup"),
        signup_fields(organisation="", organisation_query="val d'ormel", families_followed=[family.pk], chercher="1"),
    )
    page = response.content.decode()
    assert "Communauté de communes du Val d’Ormel" in page
    assert "Élise" in page
    assert f'value="{family.pk}" id="id_families_followed_0" checked' in page or "checked" in page
    assert "field-error" not in page
    assert not Member.objects.exists()


def test_the_search_of_organisations_shows_known_ones_only(client):
    known_organisation(domain="", name="Métropole de Lorient")
    Organisation.objects.create(name="Lorient proposée", kind="local")
    page = client.get(reverse("organisation_search"), {"organisation_query": "LORIENT"}).content.decode()
    assert "Métropole de Lorient" in page
    assert "proposée" not in page


@pytest.mark.parametrize("key", ["²", "٣", "9" * 20, "9" * 5_000, "-1", "1.5", "propose"])
def test_a_key_that_no_organisation_can_have_finds_none(client, key):
    assert client.get(reverse("organisation_search"), {"organisation": key}).status_code == 200
    assert "Cherchez votre organisation" in sign_up(client, organisation="9" * 20).content.decode()


def test_the_search_of_organisations_cannot_be_hammered(client):
    answers = [client.get(reverse("organisation_search"), {"organisation_query": "x"}) for _ in range(41)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0


def test_signing_up_with_a_taken_address_answers_like_any_other(client):
    MemberFactory(email="elise.montagnac@val-ormel.example")
    taken, free = Client(), Client()
    answers = [
        sign_up(taken, email="elise.montagnac@val-ormel.example"),
        sign_up(free, email="autre@val-ormel.example"),
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    pages = [
        each.get(answers[0].url).content.decode().replace("elise.montagnac", "X").replace("autre", "X")
        for each in (taken, free)
    ]
    assert len(pages[0].splitlines()) == len(pages[1].splitlines())
    send_queued_mails()
    assert Member.objects.filter(email__contains="elise").count() == 1
    wrong = [each.post(answers[0].url, {"code": "AAAAAA"}).status_code for each in (taken, free)]
    assert wrong[0] == wrong[1]


def test_a_proposal_with_a_recorded_siret_joins_the_organisation_that_has_it(client):
    existing = known_organisation(domain="", siret="35600000000048")
    sign_up(client, siret="356 000 000 00048")
    assert Member.objects.get().organisation == existing
    assert Organisation.objects.count() == 1
    assert not OrganisationDomain.objects.exists()


def test_changing_to_an_address_that_is_taken_answers_like_any_other():
    MemberFactory(email="prise@example.org")
    answers = []
    for address in ("prise@example.org", "libre@example.org"):
        client = Client()
        member = confirmed(MemberFactory())
        client.force_login(member)
        response = client.post(reverse("account_email"), {"email": address, "action_add": ""})
        page = client.get(response.url).content.decode().replace(address, "X")
        answers.append((response.status_code, response.url, "X" in page))
        member.refresh_from_db()
        assert member.email != address
    assert answers[0] == answers[1]
    send_queued_mails()


def test_the_code_of_a_sign_up_is_good_for_three_tries(client):
    known_organisation()
    sign_up(client)
    code = code_in(last_mail())
    address = reverse("account_email_verification_sent")
    for _ in range(3):
        client.post(address, {"code": "AAAAAA"})
    client.post(address, {"code": code})
    assert "_auth_user_id" not in client.session
    assert not Member.objects.get().is_verified
