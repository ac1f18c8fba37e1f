"""Acts of a space that have their button: sending an invitation again, saying what a network covers."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from community.core.errors import TooOften
from community.core.models import AuditEntry
from community.spaces import actions
from community.spaces.models import Invitation, Role
from community.spaces.tokens import invitation_token
from tests.factories import MemberFactory, MembershipFactory, SpaceFactory, TerritoryFactory
from tests.members.support import send_queued_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    inviter = MembershipFactory(space__private=True, role=Role.MODERATOR)
    return actions.invite_to_space(actor=inviter.member, space=inviter.space, email="a@ville.example", role="member")


def address(name: str, invitation) -> str:
    return reverse(name, args=[invitation.space.slug, invitation.pk])


def test_an_unanswered_invitation_is_sent_again_and_its_former_link_is_dead(client, invitation, time_machine):
    former = invitation_token(invitation)
    time_machine.move_to(timezone.now() + timedelta(days=40))
    client.force_login(invitation.invited_by)
    listed = reverse("space_invitations", args=[invitation.space.slug])
    assert address("invitation_resend", invitation) in client.get(listed).content.decode()
    assert client.post(address("invitation_resend", invitation)).status_code == 302
    again = Invitation.objects.get()
    assert again.expires_at > timezone.now() + timedelta(days=29)
    assert invitation_token(again) != former
    send_queued_mails()
    assert invitation_token(again) in mail.outbox[-1].body
    assert AuditEntry.objects.filter(action="invitation_resent", space_id=invitation.space_id).exists()


def test_an_invitation_is_not_sent_twice_a_day(client, invitation):
    client.force_login(invitation.invited_by)
    listed = reverse("space_invitations", args=[invitation.space.slug])
    assert address("invitation_resend", invitation) not in client.get(listed).content.decode()
    with pytest.raises(TooOften) as refusal:
        actions.resend_invitation(actor=invitation.invited_by, invitation=invitation)
    assert 0 < refusal.value.retry_after <= 86_401


@pytest.mark.parametrize("ended", ["accepted_at", "revoked_at"])
def test_an_invitation_that_ended_is_not_sent_again(client, invitation, ended, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=2))
    Invitation.objects.update(**{ended: timezone.now()})
    client.force_login(invitation.invited_by)
    assert client.post(address("invitation_resend", invitation)).status_code == 409


def test_resending_counts_with_the_invitations_of_the_day(invitation, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=2))
    actor, space = invitation.invited_by, invitation.space
    for number in range(20):
        actions.invite_to_space(actor=actor, space=space, email=f"p{number}@ville.example", role="member")
    with pytest.raises(TooOften):
        actions.resend_invitation(actor=actor, invitation=invitation)


@pytest.mark.parametrize("role", ["outsider", "staff", Role.GUEST, Role.MEMBER, Role.REVIEWER])
def test_who_does_not_animate_the_space_resends_nothing(client, invitation, role, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=2))
    member = MemberFactory(staff=role == "staff")
    if role in Role.values:
        MembershipFactory(space=invitation.space, member=member, role=role)
    client.force_login(member)
    assert client.post(address("invitation_resend", invitation)).status_code == 404


def test_an_animator_does_not_resend_an_invitation_to_a_role_above_hers(client, invitation, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=2))
    Invitation.objects.update(role=Role.OWNER)
    client.force_login(invitation.invited_by)
    assert client.post(address("invitation_resend", invitation)).status_code == 403


# Territories


@pytest.fixture
def network():
    space = SpaceFactory(kind="network", visibility="open")
    space.territories.add(TerritoryFactory(name="Isère"))
    return space


def territories_of(space) -> str:
    return reverse("space_territories", args=[space.slug])


def test_staff_says_what_a_network_covers_and_it_is_audited(client, network):
    client.force_login(MemberFactory(staff=True))
    assert territories_of(network) in client.get(reverse("space_detail", args=[network.slug])).content.decode()
    other = TerritoryFactory(name="Drôme")
    assert client.post(territories_of(network), {"territories": [other.pk]}).status_code == 302
    assert list(network.territories.all()) == [other]
    line = AuditEntry.objects.get(action="territories_changed")
    assert line.detail["added"] == [other.code]
    assert client.post(territories_of(network), {}).status_code == 302
    assert not network.territories.exists()


@pytest.mark.parametrize("role", ["outsider", Role.OWNER])
def test_a_network_does_not_say_itself_what_it_covers(client, network, role):
    member = MemberFactory()
    if role in Role.values:
        MembershipFactory(space=network, member=member, role=role)
    client.force_login(member)
    assert territories_of(network) not in client.get(reverse("space_detail", args=[network.slug])).content.decode()
    assert client.post(territories_of(network), {}).status_code == 404
    assert network.territories.exists()


def test_a_group_covers_no_territory(client):
    client.force_login(MemberFactory(staff=True))
    assert client.get(territories_of(SpaceFactory(visibility="open"))).status_code == 404
