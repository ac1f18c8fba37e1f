"""What waits for somebody's decision, or was done with power, is told to whom it is for."""

import pytest
from django.utils import timezone

from community.members.actions import confirm_organisation, propose_organisation, request_ghost_claim
from community.notifications.models import Notification
from community.notifications.selectors import notification_page, unseen_count, unseen_keys
from community.spaces.actions import lift_anonymity, open_break_glass
from community.spaces.models import Membership, Role
from tests.factories import MemberFactory, MembershipFactory, QuestionFactory, SpaceFactory, TerritoryFactory
from tests.qa.test_handlers import told

pytestmark = pytest.mark.django_db
REASON = "Numéro de téléphone publié, signalé par un membre."


@pytest.fixture
def network():
    space = SpaceFactory(kind="network", visibility="open")
    space.territories.add(TerritoryFactory())
    return space


def lines(member) -> list[str]:
    groups, _next = notification_page(member, unseen_only=False, before=None)
    return [line.sentence for group in groups for line in group.lines]


def test_an_organisation_proposed_is_told_to_staff_and_to_the_animators_of_its_territory(network):
    staff, elsewhere = MemberFactory(staff=True), MembershipFactory(role=Role.OWNER, space__kind="network").member
    animator = MembershipFactory(space=network, role=Role.MODERATOR).member
    plain = MembershipFactory(space=network, role=Role.MEMBER).member
    proposer = MemberFactory()
    territory = network.territories.get()
    organisation = propose_organisation(actor=proposer, name="Syndicat des eaux", kind="local", territory=territory)
    assert told(staff) == told(animator) == {"organisation_proposed"}
    assert told(proposer) == told(elsewhere) == told(plain) == set()
    assert unseen_count(staff, unseen_keys(staff)) == 1
    assert "propose une organisation" in lines(animator)[0]
    confirm_organisation(actor=staff, organisation=organisation)
    assert unseen_count(staff, unseen_keys(staff)) == 0, "what is settled is not asked again"
    assert lines(animator) == []


def test_an_animator_who_left_before_the_task_ran_is_not_told(network):
    animator = MembershipFactory(space=network, role=Role.MODERATOR)
    propose_organisation(
        actor=MemberFactory(), name="Syndicat des eaux", kind="local", territory=network.territories.get()
    )
    Membership.objects.filter(pk=animator.pk).delete()
    assert told(animator.member) == set()


def test_a_claim_is_told_to_the_staff_and_not_to_who_makes_it():
    ghost = MemberFactory(is_ghost=True, is_active=False, newcomer=True)
    staff, claimant = MemberFactory(staff=True), MemberFactory(staff=True)
    request_ghost_claim(actor=claimant, ghost=ghost, message="C’est moi.")
    assert told(staff) == {"claim_requested"}
    assert told(claimant) == set()


@pytest.mark.parametrize("role", [*Role.values])
def test_an_exceptional_access_is_told_to_the_owners_of_the_space(role):
    member = MembershipFactory(space__private=True, role=role)
    staff = MemberFactory(staff=True)
    open_break_glass(actor=staff, space=member.space, reason=REASON, hours=1)
    assert told(member.member) == ({"break_glass_opened"} if role == Role.OWNER else set())
    assert told(staff) == set()
    if role == Role.OWNER:
        assert lines(member.member) == ["L’administration de la plateforme s’est ouvert un accès à cet espace"]


def test_who_no_longer_owns_the_space_reads_nothing_of_it():
    owner = MembershipFactory(space__private=True, role=Role.OWNER)
    open_break_glass(actor=MemberFactory(staff=True), space=owner.space, reason=REASON, hours=1)
    assert told(owner.member) == {"break_glass_opened"}
    Membership.objects.filter(pk=owner.pk).update(role=Role.MEMBER)
    assert (unseen_count(owner.member, unseen_keys(owner.member)), lines(owner.member)) == (0, [])


def test_lifting_an_anonymity_tells_nobody_that_an_access_was_opened():
    owner = MembershipFactory(space__visibility="open", role=Role.OWNER)
    question = QuestionFactory(space=owner.space, naming="anonymous", created_at=timezone.now())
    lift_anonymity(actor=MemberFactory(staff=True), kind="question", pk=question.pk, reason=REASON, hours=1)
    assert not Notification.objects.exists()
    assert told(owner.member) == set()
