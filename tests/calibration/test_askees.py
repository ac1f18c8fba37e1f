"""Whom a request goes to: a confirmed facilitator who covers the département, else its network, else the staff."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from clauses.calibration import permissions
from clauses.calibration.actions.facilitators import confirm_facilitator, unconfirm_facilitator
from clauses.calibration.selectors.askees import askees_for
from clauses.calibration.selectors.facilitators import facilitators_in_charge_or_404
from community.core.models import AuditEntry
from community.spaces.models import Space
from tests.factories import MemberFactory, TerritoryFactory

from .support import facilitator, network

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return TerritoryFactory(parent=TerritoryFactory(kind="region"))


def offered(requester, place) -> list[int]:
    return [each.member_id for each in askees_for(requester, place).facilitators]


def test_the_facilitator_of_the_departement_comes_before_that_of_the_region(place):
    regional, local = facilitator(place.parent), facilitator(place)
    facilitator(TerritoryFactory(parent=place.parent))
    assert offered(MemberFactory(), place) == [local.pk, regional.pk]


@pytest.mark.parametrize(
    "change",
    [
        {"verified_at": None},
        {"is_active": False},
        {"account_kind": "agent"},
        {"territory": None},
        {"field_visibility": {"territory": "nobody"}},
    ],
)
def test_who_is_no_longer_what_was_confirmed_is_not_offered(place, change):
    member = facilitator(place)
    for name, value in change.items():
        setattr(member, name, value)
    member.save()
    assert askees_for(MemberFactory(), place).kind == "staff"


def test_saying_that_one_facilitates_is_not_enough(place):
    facilitator(place, confirmed=False)
    assert askees_for(MemberFactory(), place).kind == "staff"


def test_nobody_asks_herself(place):
    member = facilitator(place)
    assert askees_for(member, place).kind == "staff"
    space = network(place, moderator=member)
    assert askees_for(member, place).kind == "staff"
    space.memberships.create(member=MemberFactory(), role="owner")
    assert askees_for(member, place).kind == "network"


def test_without_a_facilitator_the_nearest_animated_network_is_asked(place):
    requester = MemberFactory()
    assert askees_for(requester, place).kind == "staff"
    regional = network(place.parent)
    assert askees_for(requester, place).space == regional
    local = network(place)
    assert askees_for(requester, place).space == local
    local.memberships.all().delete()
    assert askees_for(requester, place).space == regional


def test_a_network_that_the_requester_may_not_see_is_not_named(place):
    space = network(place)
    assert askees_for(MemberFactory(), place).space_name == space.name
    Space.objects.filter(pk=space.pk).update(visibility="private")
    assert askees_for(MemberFactory(), place).space_name == ""


def confirmers(place) -> dict:
    animator, plain = MemberFactory(), MemberFactory()
    network(place.parent, moderator=animator)
    elsewhere = MemberFactory()
    network(TerritoryFactory(), moderator=elsewhere)
    return {
        "animator": animator,
        "staff": MemberFactory(staff=True),
        "elsewhere": elsewhere,
        "plain": plain,
        "visitor": AnonymousUser(),
    }


@pytest.mark.parametrize("who", ["animator", "staff", "elsewhere", "plain", "visitor", "herself"])
def test_an_animator_of_the_territory_confirms_or_the_staff_and_nobody_herself(place, who):
    member = facilitator(place, confirmed=False)
    actor = {**confirmers(place), "herself": member}[who]
    allowed = who in ("animator", "staff")
    assert permissions.can_confirm_facilitator(actor, member) is allowed
    for act in (confirm_facilitator, unconfirm_facilitator):
        if allowed:
            act(actor=actor, member=member)
        else:
            with pytest.raises(PermissionDenied):
                act(actor=actor, member=member)
    assert AuditEntry.objects.filter(action__startswith="facilitator.").count() == (2 if allowed else 0)


@pytest.mark.parametrize(
    "fields", [{"account_kind": "agent"}, {"territory": None}, {"verified_at": None}, {"is_active": False}]
)
def test_only_a_verified_member_who_says_so_and_where_is_confirmed(place, fields):
    member = MemberFactory(**{"account_kind": "facilitator", "territory": place} | fields)
    assert not permissions.can_confirm_facilitator(MemberFactory(staff=True), member)


def test_an_animator_finds_those_of_her_territories_to_confirm_first(place, client):
    animator = confirmers(place)["animator"]
    waiting, known = facilitator(place, confirmed=False), facilitator(place)
    facilitator(TerritoryFactory(), confirmed=False)
    rows = facilitators_in_charge_or_404(animator)
    assert [(each.member, each.is_confirmed) for each in rows] == [(waiting, False), (known, True)]
    client.force_login(animator)
    url = f"/calibrages/facilitateurs/{waiting.public_id}/"
    assert client.post(url, follow=True).status_code == 200
    assert offered(MemberFactory(), place) == sorted([waiting.pk, known.pk])
    client.post(url, {"act": "retirer"})
    assert offered(MemberFactory(), place) == [known.pk]
    client.force_login(MemberFactory())
    assert client.get("/calibrages/facilitateurs/").status_code == 404
    assert client.post(url).status_code == 404
