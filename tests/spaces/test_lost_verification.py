"""Who is verified no more keeps, of the reserved spaces, those that somebody took her into."""

import pytest
from django.urls import reverse

from community.core.models import AuditEntry
from community.members.actions import mark_verified, recheck_verification
from community.notifications.models import Subscription
from community.spaces import actions
from community.spaces.audit_lines import told
from community.spaces.models import Invitation, Membership
from community.spaces.tokens import invitation_token
from tests.factories import MemberFactory, MembershipFactory, OrganisationFactory, QuestionFactory, SpaceFactory
from tests.spaces.test_membership_rules import invite, member_of, person

pytestmark = pytest.mark.django_db
ADDRESS = "agnes@ville.example"


@pytest.fixture
def agnes():
    member = person(ADDRESS, newcomer=True, organisation=OrganisationFactory(known=True))
    mark_verified(member=member, by=MemberFactory(staff=True), how="approval")
    return member


@pytest.fixture
def space():
    return SpaceFactory(members_only=True)


def move(member, **fields) -> None:
    """To another organisation, which vouches for nobody."""
    member.organisation = OrganisationFactory(known=True, **fields)
    member.save()
    recheck_verification(member=member, organisation_changed=True)


def is_inside(member, space) -> bool:
    return Membership.objects.filter(space=space, member=member).exists()


def test_what_she_joined_by_herself_is_closed_at_her_next_request(client, agnes, space):
    actions.join_space(actor=agnes, space=space)
    question = QuestionFactory(space=space)
    Subscription.objects.create(member=agnes, kind="space", object_id=space.pk, level="all")
    waiting = invite(space)
    client.force_login(agnes)
    pages = [reverse("space_detail", args=[space.slug]), reverse("question_detail", args=[question.pk, question.slug])]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    move(agnes)
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert not is_inside(agnes, space)
    assert not Subscription.objects.filter(member=agnes, kind="space").exists()
    assert Invitation.objects.get(pk=waiting.pk).revoked_at is not None
    lines = told(AuditEntry.objects.filter(space_id=space.pk))
    assert lines[0].words == "Départ\u00a0: la personne n’est plus vérifiée"


def test_she_comes_back_once_verified_again(agnes, space):
    actions.join_space(actor=agnes, space=space)
    move(agnes)
    mark_verified(member=agnes, by=MemberFactory(staff=True), how="approval")
    actions.join_space(actor=agnes, space=space)
    assert is_inside(agnes, space)


def taken_in(agnes, space) -> None:
    invitation = invite(space)
    actions.accept_invitation(actor=agnes, token=invitation_token(invitation))


def left_and_taken_in(agnes, space) -> None:
    actions.join_space(actor=agnes, space=space)
    actions.leave_space(actor=agnes, space=space)
    taken_in(agnes, space)


def taken_in_and_left(agnes, space) -> None:
    taken_in(agnes, space)
    actions.leave_space(actor=agnes, space=space)
    actions.join_space(actor=agnes, space=space)


def given(role):
    def join(agnes, space) -> None:
        actions.join_space(actor=agnes, space=space)
        actions.change_role(actor=member_of(space, "owner"), space=space, member=agnes, role=role)

    return join


@pytest.mark.parametrize(
    ("arrival", "stays"),
    [
        (taken_in, True),
        (left_and_taken_in, True),
        (taken_in_and_left, False),
        (given("guest"), False),
        (given("reviewer"), True),
        (given("moderator"), True),
        (lambda agnes, space: MembershipFactory(space=space, member=agnes), True),
    ],
    ids=["invited", "joined, then invited", "invited, then joined", "guest", "reviewer", "moderator", "unwritten"],
)
def test_where_somebody_took_her_in_she_stays(agnes, space, arrival, stays):
    arrival(agnes, space)
    move(agnes)
    assert is_inside(agnes, space) is stays


@pytest.mark.parametrize(("visibility", "stays"), [("open", True), ("members", False)])
def test_an_open_space_keeps_her_until_it_becomes_reserved(agnes, visibility, stays):
    space = SpaceFactory()
    other = MemberFactory()
    for member in (agnes, other):
        actions.join_space(actor=member, space=space)
    move(agnes)
    assert is_inside(agnes, space)
    actions.update_space(
        actor=member_of(space, "owner"),
        space=space,
        name=space.name,
        description="",
        visibility=visibility,
        history_from_joining=True,
    )
    assert is_inside(agnes, space) is stays
    assert is_inside(other, space)


def test_who_is_verified_again_in_the_same_gesture_leaves_nothing(agnes, space):
    actions.join_space(actor=agnes, space=space)
    here = OrganisationFactory(known=True)
    here.domains.create(domain="ville.example")
    agnes.organisation = OrganisationFactory()
    agnes.save()
    recheck_verification(member=agnes, organisation_changed=True)
    assert agnes.is_verified
    assert agnes.organisation == here
    assert is_inside(agnes, space)
