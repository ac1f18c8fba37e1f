import pytest
from django.urls import reverse

from community.members.actions import propose_organisation, request_ghost_claim
from community.members.models import Expertise, GhostClaim, Organisation
from community.spaces.models import Role, SpaceKind
from tests.factories import MemberFactory, MembershipFactory, SpaceFactory, TerritoryFactory

from .support import confirmed

pytestmark = pytest.mark.django_db


def animator_of(territory, role=Role.MODERATOR):
    network = SpaceFactory(kind=SpaceKind.NETWORK)
    network.territories.add(territory)
    return MembershipFactory(space=network, role=role).member


def proposal(name, territory=None):
    return propose_organisation(actor=MemberFactory(), name=name, kind="local", territory=territory)


def test_an_animator_sees_and_confirms_the_organisations_of_their_territory_only(client):
    region = TerritoryFactory(kind="region")
    near, far = proposal("Près", TerritoryFactory(parent=region)), proposal("Loin", TerritoryFactory())
    waiting = confirmed(MemberFactory(newcomer=True, email="a@val-ormel.example", organisation=near))
    client.force_login(animator_of(region))
    page = client.get(reverse("organisation_review")).content.decode()
    assert "Près" in page
    assert "Loin" not in page
    client.post(reverse("organisation_confirm", args=[near.pk]), {"domain": "val-ormel.example"})
    assert client.post(reverse("organisation_confirm", args=[far.pk]), {"domain": ""}).status_code == 404
    assert list(Organisation.objects.known()) == [near]
    waiting.refresh_from_db()
    assert waiting.is_verified


def test_staff_sees_all_those_proposed_and_finds_the_known_ones(client):
    proposal("Sans territoire")
    Organisation.objects.create(name="Déjà connue", kind="local", confirmed_at="2026-01-01T00:00:00Z")
    client.force_login(MemberFactory(staff=True))
    page = client.get(reverse("organisation_review")).content.decode()
    assert "Sans territoire" in page
    assert "Déjà connue" not in page
    assert "Déjà connue" in client.get(reverse("organisation_review"), {"nom": "deja"}).content.decode()


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.GUEST, Role.REVIEWER])
def test_the_page_is_absent_for_who_is_in_charge_of_nothing(client, role):
    here = TerritoryFactory()
    organisation = proposal("Ici", here)
    client.force_login(animator_of(here, role) if role else MemberFactory())
    assert client.get(reverse("organisation_review")).status_code == 404
    assert client.post(reverse("organisation_confirm", args=[organisation.pk])).status_code == 404


def test_a_refused_domain_is_said_and_the_page_stays(client):
    organisation = proposal("Ici")
    client.force_login(MemberFactory(staff=True))
    response = client.post(
        reverse("organisation_confirm", args=[organisation.pk]), {"domain": "gmail.com"}, follow=True
    )
    assert "ne vérifie personne" in response.content.decode()
    assert not organisation.domains.exists()


def claim():
    ghost = MemberFactory(is_ghost=True, is_active=False, first_name="jdupont", last_name="")
    return request_ghost_claim(actor=MemberFactory(), ghost=ghost, message="Mon ancien nom.")


@pytest.mark.parametrize(("decision", "given"), [("accepter", True), ("refuser", False)])
def test_staff_decides_of_a_claim(client, decision, given):
    asked = claim()
    client.force_login(MemberFactory(staff=True))
    assert "Mon ancien nom." in client.get(reverse("organisation_review")).content.decode()
    client.post(reverse("claim_decide", args=[asked.pk]), {"decision": decision})
    asked.ghost.refresh_from_db()
    assert (asked.ghost.claimed_by == asked.claimant) is given
    assert GhostClaim.objects.get().approved is given


def test_others_do_not_know_of_claims(client):
    asked = claim()
    client.force_login(animator_of(TerritoryFactory()))
    assert "Mon ancien nom." not in client.get(reverse("organisation_review")).content.decode()
    assert client.post(reverse("claim_decide", args=[asked.pk]), {"decision": "accepter"}).status_code == 404


@pytest.mark.parametrize(("staff", "granted"), [(True, True), (False, False)])
def test_expertise_is_granted_and_withdrawn_from_the_profile(client, staff, granted):
    member = MemberFactory()
    client.force_login(MemberFactory(staff=staff))
    page = client.get(reverse("member_profile", args=[member.public_id])).content.decode()
    assert ("Accorder une expertise" in page) is granted
    response = client.post(reverse("expertise_grant", args=[member.public_id]), {"kind": "expert", "family": ""})
    assert response.status_code == (302 if granted else 403)
    assert Expertise.objects.exists() is granted
    expertise = Expertise.objects.first() or Expertise.objects.create(member=member, kind="jurist")
    client.post(reverse("expertise_revoke", args=[member.public_id, expertise.pk]))
    assert Expertise.objects.exists() is not granted


def test_an_expertise_is_withdrawn_from_its_own_member_only(client):
    expertise = Expertise.objects.create(member=MemberFactory(), kind="expert")
    client.force_login(MemberFactory(staff=True))
    address = reverse("expertise_revoke", args=[MemberFactory().public_id, expertise.pk])
    assert client.post(address).status_code == 404
    assert Expertise.objects.exists()


def test_the_list_of_members_leads_those_in_charge_to_the_organisations_that_wait(client):
    in_charge = [MemberFactory(staff=True), animator_of(TerritoryFactory())]
    for actor in (*in_charge, MemberFactory()):
        client.force_login(actor)
        page = client.get(reverse("member_list")).content.decode()
        assert (reverse("organisation_review") in page) is (actor in in_charge)
