"""Approval of members, exceptional access, lifted anonymity, pseudonyms."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.core import contents
from community.core.errors import Invalid, Refused
from community.core.models import AuditEntry
from community.spaces import actions, permissions
from community.spaces.models import BreakGlass, Pseudonym, Space
from community.spaces.pseudonyms import pseudonym_number
from community.spaces.querysets import members_to_approve
from community.spaces.selectors import identity_behind
from tests.factories import MemberFactory, MembershipFactory, QuestionFactory, SpaceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
REASON = "Numéro de téléphone publié, signalé par un membre."


@pytest.fixture
def map_():
    region = TerritoryFactory(kind="region")
    return {"region": region, "inside": TerritoryFactory(parent=region), "elsewhere": TerritoryFactory(), None: None}


def network(*territories, animated=True, **fields):
    space = SpaceFactory(kind="network", **fields)
    space.territories.set(territories)
    return MembershipFactory(space=space, role="moderator").member if animated else None


def waiting(territory, *, confirmed=True):
    member = MemberFactory(newcomer=True, territory=territory)
    EmailAddress.objects.create(user=member, email=member.email, verified=confirmed, primary=True)
    return member


@pytest.mark.parametrize(
    ("covered", "lives", "animator", "staff"),
    [
        ("region", "region", True, False),
        ("region", "inside", True, False),
        ("inside", "inside", True, False),
        ("inside", "region", False, True),
        ("region", "elsewhere", False, True),
        ("region", None, False, True),
    ],
)
def test_the_animators_of_the_territory_approve_and_staff_elsewhere(map_, covered, lives, animator, staff):
    actors = {"animator": network(map_[covered]), "staff": MemberFactory(staff=True)}
    for name, allowed in (("animator", animator), ("staff", staff)):
        member = waiting(map_[lives])
        assert permissions.can_approve(actors[name], member) is allowed
        if allowed:
            actions.approve_member(actor=actors[name], member=member)
        else:
            with pytest.raises(PermissionDenied):
                actions.approve_member(actor=actors[name], member=member)
        member.refresh_from_db()
        assert member.is_verified is allowed


def test_a_network_without_animator_or_archived_leaves_approval_to_staff(map_):
    network(map_["inside"], animated=False)
    network(map_["inside"], archived_at=timezone.now())
    assert permissions.can_approve(MemberFactory(staff=True), waiting(map_["inside"]))


def test_an_ordinary_space_gives_no_power_over_members(map_):
    group = SpaceFactory()
    group.territories.set([map_["inside"]])
    owner = MembershipFactory(space=group, role="owner").member
    assert not permissions.can_approve(owner, waiting(map_["inside"]))


@pytest.mark.parametrize("case", ["herself", "unconfirmed", "verified", "visitor"])
def test_who_cannot_be_approved(map_, case):
    animator = network(map_["inside"])
    member = waiting(map_["inside"], confirmed=case != "unconfirmed")
    if case == "herself":
        animator = member
        MembershipFactory(space=Space.objects.get(), member=member, role="moderator")
    if case == "verified":
        member.verified_at = timezone.now()
        member.save()
    if case == "visitor":
        animator = AnonymousUser()
    assert not permissions.can_approve(animator, member)
    assert not members_to_approve(animator).filter(pk=member.pk).exists()


# Exceptional access


@pytest.mark.parametrize(("traits", "allowed"), [({}, False), ({"staff": True}, True)])
def test_staff_alone_opens_a_space_and_the_audit_says_it(traits, allowed):
    space, actor = SpaceFactory(private=True), MemberFactory(**traits)
    if not allowed:
        with pytest.raises(PermissionDenied):
            actions.open_break_glass(actor=actor, space=space, reason=REASON, hours=1)
    else:
        actions.open_break_glass(actor=actor, space=space, reason=REASON, hours=1)
    assert permissions.can_view(actor, space) is allowed
    assert AuditEntry.objects.filter(action="break_glass_opened", space_id=space.pk, reason=REASON).exists() is allowed


@pytest.mark.parametrize(("reason", "hours"), [("court", 1), (" " * 40, 1), ("x" * 501, 1), (REASON, 0), (REASON, 25)])
def test_an_access_has_a_real_reason_and_a_short_life(reason, hours):
    with pytest.raises(Invalid):
        actions.open_break_glass(
            actor=MemberFactory(staff=True), space=SpaceFactory(private=True), reason=reason, hours=hours
        )
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize("ending", ["time", "closed", "owner", "demoted"])
def test_an_access_ends(ending):
    space, actor = SpaceFactory(private=True), MemberFactory(staff=True)
    owner = MembershipFactory(space=space, role="owner").member
    opened = actions.open_break_glass(actor=actor, space=space, reason=REASON, hours=1)
    if ending == "time":
        BreakGlass.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    elif ending == "demoted":
        actor.is_staff = False
        actor.save()
    else:
        actions.close_break_glass(actor=owner if ending == "owner" else actor, break_glass=opened)
        with pytest.raises(Refused):
            actions.close_break_glass(actor=actor, break_glass=opened)
    assert not permissions.can_view(actor, space)


def test_a_stranger_closes_no_access():
    opened = actions.open_break_glass(
        actor=MemberFactory(staff=True), space=SpaceFactory(private=True), reason=REASON, hours=1
    )
    with pytest.raises(PermissionDenied):
        actions.close_break_glass(actor=MemberFactory(), break_glass=opened)


# The identity behind an anonymous post


@pytest.fixture
def anonymous_question(monkeypatch):
    if "question" not in {kind.name for kind in contents.kinds()}:
        pytest.skip("the kind « question » is not registered")
    return QuestionFactory(naming="anonymous")


def test_an_identity_is_given_to_who_lifted_it_while_it_lasts(anonymous_question):
    staff, colleague, pk = MemberFactory(staff=True), MemberFactory(staff=True), anonymous_question.pk
    assert identity_behind(staff, "question", pk) is None
    actions.lift_anonymity(actor=staff, kind="question", pk=pk, reason=REASON, hours=1)
    assert identity_behind(staff, "question", pk) == anonymous_question.author
    assert identity_behind(colleague, "question", pk) is None
    assert identity_behind(staff, "question", QuestionFactory(naming="anonymous").pk) is None
    assert AuditEntry.objects.filter(action="anonymity_lifted", kind="question", object_id=pk).exists()
    BreakGlass.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert identity_behind(staff, "question", pk) is None


@pytest.mark.parametrize("who", ["visitor", "member", "author", "owner"])
def test_nobody_else_lifts_an_anonymity(who):
    space = SpaceFactory()
    question = QuestionFactory(naming="anonymous", space=space)
    actor = {
        "visitor": AnonymousUser(),
        "member": MemberFactory(),
        "author": question.author,
        "owner": MembershipFactory(space=space, role="owner").member,
    }[who]
    with pytest.raises(PermissionDenied):
        actions.lift_anonymity(actor=actor, kind="question", pk=question.pk, reason=REASON, hours=1)
    assert identity_behind(actor, "question", question.pk) is None


def test_staff_lifts_no_anonymity_in_a_space_it_does_not_read(anonymous_question):
    staff, space = MemberFactory(staff=True), SpaceFactory(private=True)
    question = QuestionFactory(naming="anonymous", space=space)
    with pytest.raises(PermissionDenied):
        actions.lift_anonymity(actor=staff, kind="question", pk=question.pk, reason=REASON, hours=1)
    actions.open_break_glass(actor=staff, space=space, reason=REASON, hours=1)
    actions.lift_anonymity(actor=staff, kind="question", pk=question.pk, reason=REASON, hours=1)
    assert identity_behind(staff, "question", question.pk) == question.author


def test_a_named_content_has_nothing_to_lift(anonymous_question):
    named = QuestionFactory()
    with pytest.raises(Invalid):
        actions.lift_anonymity(actor=MemberFactory(staff=True), kind="question", pk=named.pk, reason=REASON, hours=1)


# Pseudonyms


def test_a_pseudonym_lasts_in_its_space_and_leads_to_no_other():
    member, spaces = MemberFactory(), [None, SpaceFactory(), SpaceFactory()]
    first = [pseudonym_number(space, member) for space in spaces]
    assert [pseudonym_number(space, member) for space in spaces] == first
    assert len(set(first)) == 3
    assert Pseudonym.objects.count() == 3


def test_two_members_never_share_a_pseudonym(monkeypatch):
    draws = iter([5, 5, 5, 6])
    monkeypatch.setattr("community.spaces.pseudonyms.secrets.randbelow", lambda width: next(draws))
    space = SpaceFactory()
    assert [pseudonym_number(space, MemberFactory()) for _time in range(2)] == [1005, 1006]
