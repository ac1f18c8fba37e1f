"""What the tests of accounts share: a filled sign-up form, the code of a mail, a second factor."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_tasks import task_backends  # noqa: F401  the backend must be loaded for its tasks to be found

from community.core.mail.queue import deliver
from community.core.models import OutgoingMail
from community.members.models import OrganisationDomain
from tests.factories import OrganisationFactory, TerritoryFactory

PASSWORD = "correct cheval pile agrafe"


def send_queued_mails() -> None:
    for pk in list(OutgoingMail.objects.filter(sent_at=None, dropped_at=None).values_list("pk", flat=True)):
        deliver.call(pk)


def last_mail():
    send_queued_mails()
    return mail.outbox[-1]


def code_in(message) -> str:
    found = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{2,})$", message.body, re.MULTILINE)
    assert found, message.body
    return found[1]


def known_organisation(domain: str = "val-ormel.example", **fields):
    organisation = OrganisationFactory(known=True, **fields)
    if domain:
        OrganisationDomain.objects.create(organisation=organisation, domain=domain)
    return organisation


def signup_fields(**changes) -> dict:
    fields = {
        "first_name": "Élise",
        "last_name": "Montagnac",
        "account_kind": "agent",
        "email": "elise.montagnac@val-ormel.example",
        "organisation": "propose",
        "organisation_name": "Syndicat des eaux du Val d’Ormel",
        "organisation_kind": "local",
        "siret": "",
        "job": "Acheteuse",
        "charter": "on",
        "password1": PASSWORD,
        "password2": PASSWORD,
    } | changes
    if "territory" not in fields:
        fields["territory"] = TerritoryFactory(kind="departement").pk
    return fields


def sign_up(client: Client, **changes):
    return client.post(reverse("account_signup"), signup_fields(**changes))


def confirm(client: Client):
    return client.post(reverse("account_email_verification_sent"), {"code": code_in(last_mail())})


def confirmed(member):
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def sign_in(client: Client, member):
    """Through the form, so that the session is listed as a device."""
    response = client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert response.status_code == 302, response.content.decode()
    return UserSession.objects.filter(user=member).latest("pk")


def with_second_factor(member):
    TOTP.activate(member, generate_totp_secret())
    return member
