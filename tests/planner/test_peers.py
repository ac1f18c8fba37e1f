"""Peers see each other when both agreed, and stop the moment one does not."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from clauses.planner.actions.settings import hide_from_peers
from clauses.planner.models import PlannedPurchase
from clauses.planner.selectors.peers import peers_of
from tests.factories import MemberFactory, OrganisationFactory, PurchaseFamilyFactory

from .support import planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return PurchaseFamilyFactory(label="Nettoyage")


@pytest.fixture
def both(family):
    me, other = MemberFactory(), MemberFactory(organisation=OrganisationFactory(name="Ville de Tercy"))
    planned(me, family=family, visible_to_peers=True)
    planned(other, family=family, visible_to_peers=True, title="Secret", notes="Secret")
    return me, other


def names(viewer) -> list[str]:
    return [peer.person.name for peer in peers_of(viewer).found]


def test_both_see_a_name_an_organisation_a_family_and_a_year(both):
    me, other = both
    (peer,) = peers_of(me).found
    assert (peer.person.name, peer.person.detail, peer.buys) == (str(other), "Ville de Tercy", ["Nettoyage, 2027"])
    assert names(other) == [str(me)]


def test_an_organisation_that_the_profile_hides_stays_hidden(both):
    me, other = both
    other.field_visibility = {"organisation": "members"}
    other.save()
    assert peers_of(me).found[0].person.detail == ""


@pytest.mark.parametrize(
    "change",
    [
        {"visible_to_peers": False},
        {"starts_on": date(2028, 1, 1)},
        {"family": None},
        {"status": "dropped"},
    ],
)
@pytest.mark.parametrize("whose", [0, 1])
def test_one_row_that_does_not_match_is_enough_for_neither_to_see(both, change, whose):
    PlannedPurchase.objects.filter(owner=both[whose]).update(**change)
    assert names(both[0]) == names(both[1]) == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"verified_at": None}])
def test_who_left_or_is_no_longer_verified_is_not_shown(both, change):
    me, other = both
    for name, value in change.items():
        setattr(other, name, value)
    other.save()
    assert names(me) == []


def test_agreement_is_taken_back_at_once_for_all_rows(both):
    me, other = both
    assert hide_from_peers(actor=other) == 1
    assert names(me) == names(other) == []


def test_a_sub_family_meets_its_family_and_another_family_does_not(both, family):
    me, other = both
    PlannedPurchase.objects.filter(owner=other).update(family=PurchaseFamilyFactory(parent=family, label="Vitrerie"))
    assert peers_of(me).found[0].buys == ["Vitrerie, 2027"]
    PlannedPurchase.objects.filter(owner=other).update(family=PurchaseFamilyFactory())
    assert names(me) == []


def test_a_colleague_of_a_shared_row_agreed_to_nothing(both):
    colleague = MemberFactory()
    PlannedPurchase.objects.get(owner=both[0]).shares.create(member=colleague, role="editor")
    assert peers_of(colleague).found == []
    assert peers_of(AnonymousUser()).found == []


def test_peers_cost_the_same_however_many_they_are(both, family, django_assert_num_queries):
    for _number in range(15):
        planned(MemberFactory(), family=family, visible_to_peers=True)
    with django_assert_num_queries(2):
        peers = peers_of(both[0])
    assert peers.total == 16
    assert len(peers.found) == 12
