"""Who comes in, who goes out, and what always stays true of a space."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.core.errors import Invalid, Refused, TooOften
from community.core.models import AuditEntry
from community.spaces import actions, selectors
from community.spaces.models import Invitation, Membership, Role, Space
from community.spaces.tokens import invitation_token
from tests.factories import MemberFactory, MembershipFactory, OrganisationFactory, SpaceFactory

pytestmark = pytest.mark.django_db
ROLES = Role.values
ADMINISTERING = {"owner"}
INVITING = {"moderator", "owner"}


@pytest.fixture
def space():
    return SpaceFactory(private=True, name="Restauration durable")


def member_of(space, role):
    return MembershipFactory(space=space, role=role).member


def actor_as(space, role):
    return MemberFactory() if role == "outsider" else member_of(space, role)


def person(email, *, verified=True, **fields):
    member = MemberFactory(email=email, **fields)
    EmailAddress.objects.create(user=member, email=email, verified=verified, primary=True)
    return member


def invite(space, *, by=None, email="agnes@ville.example", role="member"):
    by = by or member_of(space, "owner")
    return actions.invite_to_space(actor=by, space=space, email=email, role=role)


def attempt(allowed, act, **arguments):
    if allowed:
        act(**arguments)
    else:
        with pytest.raises(PermissionDenied):
            act(**arguments)


# Creating


@pytest.mark.parametrize(("traits", "allowed"), [({}, True), ({"newcomer": True}, False)])
def test_a_verified_member_opens_a_space_and_owns_it(traits, allowed):
    actor = MemberFactory(**traits)
    attempt(allowed, actions.create_space, actor=actor, name="Cantines", visibility="private")
    assert Membership.objects.filter(member=actor, role="owner").exists() is allowed


@pytest.mark.parametrize(("traits", "allowed"), [({}, False), ({"staff": True}, True)])
def test_only_staff_says_that_a_space_is_a_network(traits, allowed):
    attempt(
        allowed, actions.create_space, actor=MemberFactory(**traits), name="Réseau", visibility="open", kind="network"
    )
    assert Space.objects.filter(kind="network").exists() is allowed


@pytest.mark.parametrize("name", ["", "  ", "a\u200b", "\u202e\u202e\u202e\u202e"])
def test_a_space_has_a_name_one_can_read(name):
    with pytest.raises(Invalid):
        actions.create_space(actor=MemberFactory(), name=name, visibility="open")


def test_the_address_of_a_space_avoids_those_taken_and_those_of_pages():
    actor = MemberFactory()
    slugs = [actions.create_space(actor=actor, name=name, visibility="open").slug for name in ("Créer", "Bio", "Bio")]
    assert slugs == ["creer-2", "bio", "bio-2"]


def test_spaces_are_not_opened_by_the_dozen():
    actor = MemberFactory()
    for number in range(5):
        actions.create_space(actor=actor, name=f"Espace {number}", visibility="open")
    with pytest.raises(TooOften):
        actions.create_space(actor=actor, name="Encore un", visibility="open")


# Inviting


@pytest.mark.parametrize("role", ["outsider", *ROLES])
def test_those_who_animate_invite(space, role):
    actor = actor_as(space, role)
    attempt(role in INVITING, invite, space=space, by=actor)
    assert Invitation.objects.exists() is (role in INVITING)


@pytest.mark.parametrize("granted", ROLES)
def test_nobody_invites_above_her_own_rank(space, granted):
    attempt(granted != "owner", invite, space=space, by=member_of(space, "moderator"), role=granted)


def test_the_token_is_kept_nowhere_in_clear(space):
    invitation = invite(space)
    token = invitation_token(invitation)
    invitation.refresh_from_db()
    assert token not in str(Invitation.objects.values())
    assert invitation_token(invitation) == token
    assert len(token) == 64


def test_an_address_waits_for_one_invitation_at_a_time(space):
    invite(space, email="Agnes@Ville.example")
    with pytest.raises(Refused):
        invite(space, email="agnes@ville.example")


def test_an_expired_invitation_gives_way(space):
    first = invite(space)
    Invitation.objects.filter(pk=first.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert invite(space).pk != first.pk


def test_the_twenty_first_invitation_of_a_day_waits(space):
    owner = member_of(space, "owner")
    for number in range(20):
        invite(space, by=owner, email=f"p{number}@ville.example")
    with pytest.raises(TooOften) as refusal:
        invite(space, by=owner, email="p21@ville.example")
    assert 0 < refusal.value.retry_after <= 86_400
    invite(space, by=member_of(space, "owner"), email="p21@ville.example")


@pytest.mark.parametrize("email", ["", "a", "a@b", "a@b.fr\nBcc: c@d.fr", "x" * 200 + "@ville.example"])
def test_an_address_that_is_none_is_refused(space, email):
    with pytest.raises(Invalid):
        invite(space, email=email)


def test_the_welcome_word_leads_to_no_other_site(space):
    owner = member_of(space, "owner")
    for message in ("Voir https://evil.example", "www.evil", "allez sur evil.com"):
        with pytest.raises(Invalid):
            actions.invite_to_space(actor=owner, space=space, email="a@ville.example", role="member", message=message)


# Accepting


def test_the_account_of_the_verified_address_comes_in_once(space):
    invitation = invite(space, email="Agnes@ville.example", role="reviewer")
    agnes = person("agnes@ville.example")
    actions.accept_invitation(actor=agnes, token=invitation_token(invitation))
    assert Membership.objects.get(space=space, member=agnes).role == "reviewer"
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(actor=agnes, token=invitation_token(invitation))


@pytest.mark.parametrize(
    ("email", "verified"), [("autre@ville.example", True), ("agnes@ville.example", False)], ids=["other", "unverified"]
)
def test_another_account_or_an_unconfirmed_address_stays_out(space, email, verified):
    invitation = invite(space)
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(actor=person(email, verified=verified), token=invitation_token(invitation))
    assert not Invitation.objects.filter(accepted_at__isnull=False).exists()


@pytest.mark.parametrize("ending", ["expired", "revoked", "inviter_left", "inviter_demoted", "inviter_closed"])
def test_an_invitation_that_ended_lets_nobody_in(space, ending):
    owner = member_of(space, "owner")
    inviter = member_of(space, "moderator")
    invitation = invite(space, by=inviter)
    if ending == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif ending == "revoked":
        actions.revoke_invitation(actor=owner, invitation=invitation)
    elif ending == "inviter_left":
        actions.leave_space(actor=inviter, space=space)
    elif ending == "inviter_demoted":
        actions.change_role(actor=owner, space=space, member=inviter, role="member")
    else:
        inviter.is_active = False
        inviter.save()
    agnes = person("agnes@ville.example")
    with pytest.raises((PermissionDenied, Refused)):
        actions.accept_invitation(actor=agnes, token=invitation_token(invitation))
    assert not Membership.objects.filter(member=agnes).exists()


@pytest.mark.parametrize("role", ["outsider", *ROLES])
def test_those_who_animate_revoke(space, role):
    invitation = invite(space)
    actor = actor_as(space, role)
    attempt(role in INVITING, actions.revoke_invitation, actor=actor, invitation=invitation)


def test_declining_needs_the_token_and_ends_the_mails(space):
    invitation = invite(space)
    with pytest.raises(PermissionDenied):
        actions.decline_invitation(invitation=invitation, token="0" * 64)
    actions.decline_invitation(invitation=invitation, token=invitation_token(invitation))
    with pytest.raises(Refused):
        invite(space)


# Joining by oneself


@pytest.mark.parametrize(
    ("visibility", "kind", "organisation", "verified", "allowed"),
    [
        ("open", "agent", "local", True, True),
        ("members", "agent", "local", True, True),
        ("private", "agent", "local", True, False),
        ("open", "agent", "local", False, False),
        ("open", "partner", "support", True, False),
        ("members", "partner", "support", True, False),
        ("open", "agent", "private", True, False),
        ("members", "agent", "private", True, False),
    ],
)
def test_verified_public_buyers_join_what_is_not_private(visibility, kind, organisation, verified, allowed):
    space = SpaceFactory(visibility=visibility)
    actor = MemberFactory(
        account_kind=kind, organisation=OrganisationFactory(kind=organisation, known=True), newcomer=not verified
    )
    attempt(allowed, actions.join_space, actor=actor, space=space)
    assert Membership.objects.filter(space=space, member=actor).exists() is allowed


@pytest.mark.parametrize("kind", ["partner", "agent"])
def test_partners_and_private_buyers_come_in_when_asked(space, kind):
    invitation = invite(space, role="guest")
    organisation = OrganisationFactory(kind="private" if kind == "agent" else "support")
    actor = person("agnes@ville.example", account_kind=kind, organisation=organisation)
    actions.accept_invitation(actor=actor, token=invitation_token(invitation))
    assert Membership.objects.get(member=actor).role == "guest"


# Roles, removal, leaving


@pytest.mark.parametrize("role", ["outsider", *ROLES])
def test_owners_alone_change_roles_and_remove(space, role):
    actor, target = actor_as(space, role), member_of(space, "member")
    allowed = role in ADMINISTERING
    attempt(allowed, actions.change_role, actor=actor, space=space, member=target, role="reviewer")
    attempt(allowed, actions.remove_member, actor=actor, space=space, member=target)
    assert Membership.objects.filter(member=target).exists() is not allowed


def test_staff_administers_no_space(space):
    target = member_of(space, "member")
    with pytest.raises(PermissionDenied):
        actions.remove_member(actor=MemberFactory(staff=True), space=space, member=target)


def test_an_owner_of_another_space_has_no_power_here(space):
    elsewhere = member_of(SpaceFactory(), "owner")
    with pytest.raises(PermissionDenied):
        actions.change_role(actor=elsewhere, space=space, member=elsewhere, role="owner")


@pytest.mark.parametrize("other_owner", ["none", "active", "closed"])
@pytest.mark.parametrize("way", ["leave", "demote", "remove"])
def test_the_last_owner_who_can_sign_in_stays(space, way, other_owner):
    owner = member_of(space, "owner")
    if other_owner != "none":
        other = member_of(space, "owner")
        other.is_active = other_owner == "active"
        other.save()
    acts = {
        "leave": lambda: actions.leave_space(actor=owner, space=space),
        "demote": lambda: actions.change_role(actor=owner, space=space, member=owner, role="member"),
        "remove": lambda: actions.remove_member(actor=owner, space=space, member=owner),
    }
    if other_owner == "active":
        acts[way]()
    else:
        with pytest.raises(Refused):
            acts[way]()
    still_owner = Membership.objects.filter(space=space, member=owner, role="owner").exists()
    assert still_owner is (other_owner != "active")


def test_whoever_is_removed_does_not_come_back_by_a_waiting_invitation(space):
    owner = member_of(space, "owner")
    agnes = person("agnes@ville.example")
    MembershipFactory(space=space, member=agnes)
    invitation = invite(space, by=owner)
    actions.remove_member(actor=owner, space=space, member=agnes)
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(actor=agnes, token=invitation_token(invitation))


def test_what_is_done_with_power_is_written_down(space):
    owner = member_of(space, "owner")
    target = member_of(space, "member")
    invite(space, by=owner)
    actions.change_role(actor=owner, space=space, member=target, role="moderator")
    actions.remove_member(actor=owner, space=space, member=target)
    actions.update_space(
        actor=owner, space=space, name="Autre", description="", visibility="private", history_from_joining=True
    )
    lines = AuditEntry.objects.filter(space_id=space.pk).values_list("action", flat=True)
    assert set(lines) == {"invitation_sent", "role_changed", "member_removed", "space_visibility_changed"}


# Settings


@pytest.mark.parametrize(
    ("was", "becomes", "widening"),
    [
        (("private", False), ("members", False), True),
        (("private", False), ("open", False), True),
        (("members", False), ("open", False), True),
        (("private", True), ("private", False), True),
        (("open", False), ("private", False), False),
        (("private", False), ("private", True), False),
        (("open", False), ("open", False), False),
    ],
)
def test_what_was_written_for_some_opens_to_more_only_when_said_aloud(was, becomes, widening):
    space = SpaceFactory(visibility=was[0], history_from_joining=was[1])
    owner = member_of(space, "owner")
    change = {
        "actor": owner,
        "space": space,
        "name": "Nom",
        "description": "",
        "visibility": becomes[0],
        "history_from_joining": becomes[1],
    }
    if widening:
        with pytest.raises(Invalid):
            actions.update_space(**change)
        space.refresh_from_db()
        assert (space.visibility, space.history_from_joining) == was
    actions.update_space(**change, widening_confirmed=widening)
    space.refresh_from_db()
    assert (space.visibility, space.history_from_joining) == becomes


@pytest.mark.parametrize("role", ["outsider", *ROLES])
def test_owners_alone_set_and_archive(space, role):
    actor = actor_as(space, role)
    change = {"name": "Nom", "description": "", "visibility": "private", "history_from_joining": False}
    attempt(role in ADMINISTERING, actions.update_space, actor=actor, space=space, **change)
    attempt(role in ADMINISTERING, actions.archive_space, actor=actor, space=space, archived=True)
    space.refresh_from_db()
    assert (space.archived_at is not None) is (role in ADMINISTERING)


@pytest.mark.parametrize("typed", ["helene leveque", "LÉVÊQUE", "marie-helene", "creteil"])
def test_a_member_is_looked_for_whatever_the_accents(space, typed):
    organisation = OrganisationFactory(name="Ville de Créteil")
    member = MemberFactory(first_name="Marie-Hélène", last_name="Lévêque", organisation=organisation)
    found = MembershipFactory(space=space, member=member)
    MembershipFactory(space=space, member__last_name="Tanguy")
    assert selectors.memberships_of(actor_as(space, "owner"), space, text=typed).rows == [found]


@pytest.mark.parametrize(("visibility", "is_found"), [("everyone", True), ("members", True), ("nobody", False)])
def test_a_member_who_hides_her_organisation_is_not_found_by_it(space, visibility, is_found):
    organisation = OrganisationFactory(name="Ville de Créteil")
    member = MemberFactory(organisation=organisation, field_visibility={"organisation": visibility})
    hidden = MembershipFactory(space=space, member=member)
    owner = actor_as(space, "owner")
    assert (hidden in selectors.memberships_of(owner, space, text="creteil").rows) is is_found
    assert hidden in selectors.memberships_of(owner, space, text=member.last_name).rows
