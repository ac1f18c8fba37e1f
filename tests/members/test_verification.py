import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from community.core.errors import Refused
from community.core.models import AuditEntry
from community.members.actions import (
    add_domain,
    confirm_organisation,
    mark_verified,
    propose_organisation,
    recheck_verification,
    verify_by_domain,
)
from community.members.domains import is_public_provider
from community.members.models import Member, Organisation, OrganisationDomain
from community.members.permissions import enters_private_spaces_by_invitation_only
from community.spaces.models import Role, SpaceKind
from tests.factories import MemberFactory, MembershipFactory, OrganisationFactory, SpaceFactory, TerritoryFactory

from .support import code_in, confirmed, known_organisation, last_mail, sign_in

pytestmark = pytest.mark.django_db

DOMAIN = "val-ormel.example"


def newcomer(email=f"elise@{DOMAIN}", **fields):
    return MemberFactory(newcomer=True, email=email, **fields)


def proposed_with_domain():
    return OrganisationDomain.objects.create(organisation=OrganisationFactory(), domain=DOMAIN)


@pytest.mark.parametrize(
    ("prepare", "email", "verified"),
    [
        (lambda: known_organisation(DOMAIN), f"elise@{DOMAIN}", True),
        (lambda: known_organisation(DOMAIN), "elise@autre.example", False),
        (lambda: known_organisation(DOMAIN), f"elise@achats.{DOMAIN}", False),
        (lambda: known_organisation(DOMAIN), f"elise@faux{DOMAIN}", False),
        (lambda: known_organisation(""), f"elise@{DOMAIN}", False),
        (proposed_with_domain, f"elise@{DOMAIN}", False),
        (lambda: known_organisation("gmail.com"), "elise@gmail.com", False),
        (lambda: known_organisation("laposte.net"), "elise@laposte.net", False),
    ],
    ids=["known", "other domain", "subdomain", "suffix", "no domain", "proposed", "gmail", "laposte"],
)
def test_only_the_exact_domain_of_a_known_organisation_verifies(prepare, email, verified):
    prepare()
    member = confirmed(newcomer(email))
    assert verify_by_domain(member=member) is verified
    member.refresh_from_db()
    assert member.is_verified is verified


def test_an_address_that_was_not_confirmed_verifies_nobody():
    known_organisation(DOMAIN)
    member = newcomer()
    assert verify_by_domain(member=member) is False


def test_the_address_of_one_organisation_does_not_prove_a_place_in_another():
    known_organisation(DOMAIN)
    elsewhere = known_organisation("chu.example")
    member = confirmed(newcomer(organisation=elsewhere))
    assert verify_by_domain(member=member) is False
    assert member.organisation == elsewhere


def test_who_proposed_an_organisation_is_placed_in_the_one_that_vouches():
    organisation = known_organisation(DOMAIN)
    member = confirmed(newcomer(organisation=OrganisationFactory(name="val d'ormel, achats")))
    verify_by_domain(member=member)
    assert member.organisation == organisation


def change_address(client, member, address):
    client.post(reverse("account_email"), {"email": address, "action_add": ""})
    response = client.post(reverse("account_email_verification_sent"), {"code": code_in(last_mail())})
    assert response.status_code == 302
    member.refresh_from_db()
    assert member.email == address


def test_changing_to_a_personal_address_ends_a_verification_by_domain(client):
    known_organisation(DOMAIN)
    member = confirmed(newcomer())
    verify_by_domain(member=member)
    sign_in(client, member)
    change_address(client, member, "elise@gmail.com")
    assert not member.is_verified


def test_changing_to_an_address_of_the_organisation_verifies(client):
    organisation = known_organisation(DOMAIN)
    member = confirmed(newcomer("elise@gmail.com", organisation=organisation))
    sign_in(client, member)
    change_address(client, member, f"elise@{DOMAIN}")
    assert member.is_verified


def test_an_approval_outlives_a_change_of_address_and_not_a_change_of_organisation():
    member = confirmed(newcomer("elise@gmail.com", organisation=OrganisationFactory(known=True)))
    mark_verified(member=member, by=MemberFactory(staff=True), how="approval")
    recheck_verification(member=member)
    assert member.is_verified
    member.organisation = OrganisationFactory(known=True)
    member.save()
    recheck_verification(member=member, organisation_changed=True)
    assert not member.is_verified


def test_verifying_is_written_in_the_audit_log_once():
    member, animator = newcomer(), MemberFactory()
    mark_verified(member=member, by=animator, how="approval")
    mark_verified(member=Member.objects.get(pk=member.pk), by=MemberFactory(), how="approval")
    entry = AuditEntry.objects.get(action="member.verified")
    assert entry.actor == animator
    assert Member.objects.get(pk=member.pk).verified_by == animator


def animator_of(*territories, role=Role.MODERATOR, kind=SpaceKind.NETWORK, **space):
    network = SpaceFactory(kind=kind, **space)
    network.territories.set(territories)
    return MembershipFactory(space=network, role=role).member


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("staff", True),
        ("animator", True),
        ("animator of the region", True),
        ("animator elsewhere", False),
        ("member of the network", False),
        ("moderator of a group", False),
        ("proposer", False),
    ],
)
def test_who_confirms_an_organisation_and_its_domain(who, allowed):
    region = TerritoryFactory(kind="region")
    here = TerritoryFactory(parent=region)
    proposer = newcomer()
    organisation = propose_organisation(actor=proposer, name="SIVOM", kind="local", territory=here)
    actor = {
        "staff": lambda: MemberFactory(staff=True),
        "animator": lambda: animator_of(here),
        "animator of the region": lambda: animator_of(region),
        "animator elsewhere": lambda: animator_of(TerritoryFactory()),
        "member of the network": lambda: animator_of(here, role=Role.MEMBER),
        "moderator of a group": lambda: animator_of(here, kind=SpaceKind.GROUP),
        "proposer": lambda: proposer,
    }[who]()
    if allowed:
        confirm_organisation(actor=actor, organisation=organisation)
        add_domain(actor=actor, organisation=organisation, domain=f"@{DOMAIN.upper()}")
        assert Organisation.objects.known().get() == organisation
        assert organisation.domains.get().domain == DOMAIN
    else:
        for act in (confirm_organisation, lambda **kw: add_domain(domain=DOMAIN, **kw)):
            with pytest.raises(PermissionDenied):
                act(actor=actor, organisation=organisation)
        assert not Organisation.objects.known().exists()


def test_confirming_a_domain_verifies_those_who_had_already_confirmed_their_address():
    organisation = known_organisation("")
    waiting = confirmed(newcomer(organisation=organisation))
    elsewhere = confirmed(newcomer("paul@autre.example"))
    add_domain(actor=MemberFactory(staff=True), organisation=organisation, domain=DOMAIN)
    waiting.refresh_from_db()
    elsewhere.refresh_from_db()
    assert waiting.is_verified
    assert not elsewhere.is_verified


@pytest.mark.parametrize(
    "domain", ["gmail.com", "mail.yahoo.fr", "sans-point", "a b.fr", "x@y.fr", "-a.fr", "é.fr", "a" * 121 + ".fr", ""]
)
def test_a_domain_that_cannot_vouch_is_refused(domain):
    with pytest.raises(Refused):
        add_domain(actor=MemberFactory(staff=True), organisation=known_organisation(""), domain=domain)
    assert not OrganisationDomain.objects.exists()


def test_a_domain_belongs_to_one_organisation():
    known_organisation(DOMAIN)
    with pytest.raises(Refused):
        add_domain(actor=MemberFactory(staff=True), organisation=known_organisation(""), domain=DOMAIN)


def test_two_known_organisations_do_not_share_a_name_in_a_territory():
    here = TerritoryFactory()
    known_organisation("", name="CCAS", territory=here)
    twin = OrganisationFactory(name="ccas", territory=here)
    with pytest.raises(Refused):
        confirm_organisation(actor=MemberFactory(staff=True), organisation=twin)


@pytest.mark.parametrize(("domain", "public"), [("gmail.com", True), ("x.gmail.com", True), ("notgmail.com", False)])
def test_public_providers_are_known_with_their_subdomains(domain, public):
    assert is_public_provider(domain) is public


@pytest.mark.parametrize(
    ("account_kind", "organisation_kind", "invited_only"),
    [("agent", "local", False), ("partner", "support", True), ("agent", "private", True), ("agent", None, False)],
)
def test_partners_and_private_buyers_enter_private_spaces_by_invitation_only(
    account_kind, organisation_kind, invited_only
):
    organisation = OrganisationFactory(kind=organisation_kind) if organisation_kind else None
    member = MemberFactory(account_kind=account_kind, organisation=organisation)
    assert enters_private_spaces_by_invitation_only(member) is invited_only
