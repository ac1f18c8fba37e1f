"""Pairs: of the family, then of its parent; in force first; through what the viewer may see; in three queries."""

import pytest
from django.contrib.auth.models import AnonymousUser

from clauses.library.models import Clause
from clauses.library.selectors.pairs import OF_ALL, OF_FAMILY, OF_PARENT, pairs_for
from tests.factories import ClauseFactory, MemberFactory, MembershipFactory, PurchaseFamilyFactory, SpaceFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
BOTH = ("condition", "criterion")


@pytest.fixture
def food(db):
    return PurchaseFamilyFactory(code="ALI", slug="alimentation")


@pytest.fixture
def meat(food):
    return PurchaseFamilyFactory(code="ALI-VIA", slug="viandes", parent=food)


def pair(family=None, **about) -> Clause:
    condition = ClauseFactory(family=family, **about)
    ClauseFactory(criterion=True, family=family, links_to=condition, **about)
    return condition


def change(clause: Clause, **fields) -> None:
    Clause.objects.filter(pk=clause.pk).update(**fields)


def conditions(found) -> list[int]:
    return [each.condition.pk for each in found.pairs if each.condition]


def test_a_pair_is_a_condition_and_the_criterion_that_notes_it(food):
    condition = pair(food)
    found = pairs_for(VISITOR, food, BOTH)
    assert [(each.condition.pk, each.is_whole) for each in found.pairs] == [(condition.pk, True)]
    assert found.pairs[0].criterion.kind == "criterion"
    assert found.unanswered == frozenset()


def test_the_family_comes_before_its_parent_and_its_parent_before_everything(food, meat):
    general, parent, own = pair(), pair(food), pair(meat)
    found = pairs_for(VISITOR, meat, BOTH)
    assert conditions(found) == [own.pk, parent.pk, general.pk]
    assert [each.nearness for each in found.pairs] == [OF_FAMILY, OF_PARENT, OF_ALL]


def test_a_sister_family_is_not_near(food, meat):
    fish = PurchaseFamilyFactory(code="ALI-MER", slug="poissons", parent=food)
    pair(fish)
    assert pairs_for(VISITOR, meat, BOTH).pairs == []


def test_a_top_family_gathers_those_below_it(food, meat):
    below = pair(meat)
    assert conditions(pairs_for(VISITOR, food, BOTH)) == [below.pk]


def test_what_is_in_force_comes_before_what_is_to_review_even_of_a_nearer_family(food, meat):
    old, current = pair(meat), pair(food)
    change(old, legal_state="to_review")
    assert conditions(pairs_for(VISITOR, meat, BOTH)) == [current.pk, old.pk]


def test_a_criterion_to_review_sends_its_pair_behind(food):
    first, second = pair(food), pair(food)
    change(first.linked_from.get().clause, legal_state="to_review")
    assert conditions(pairs_for(VISITOR, food, BOTH)) == [second.pk, first.pk]


def test_ambition_then_use_order_what_is_left(food):
    bold, used, plain = pair(food, ambition=3), pair(food, ambition=1), pair(food, ambition=1)
    change(used, use_count=9)
    change(bold, use_count=50)
    assert conditions(pairs_for(VISITOR, food, BOTH)) == [used.pk, plain.pk, bold.pk]


@pytest.mark.parametrize(
    "fate", [{"state": "obsolete"}, {"legal_state": "obsolete"}, {"state": "archived"}, {"state": "draft"}]
)
def test_what_is_no_longer_advised_is_not_proposed(food, fate):
    change(pair(food), **fate)
    found = pairs_for(VISITOR, food, BOTH)
    assert not [each for each in found.pairs if each.condition]


def test_half_a_pair_is_shown_alone_and_the_rest_is_said(food):
    condition = ClauseFactory(family=food)
    found = pairs_for(VISITOR, food, BOTH)
    assert [(each.condition.pk, each.criterion) for each in found.pairs] == [(condition.pk, None)]
    assert found.unanswered == {"criterion"}


def test_a_social_condition_has_its_own_answer(food):
    pair(food)
    assert pairs_for(VISITOR, food, ("social_condition",)).unanswered == {"social_condition"}
    social = ClauseFactory(family=food, kind="insertion", pillar="social")
    found = pairs_for(VISITOR, food, (*BOTH, "social_condition"))
    assert [each.want for each in found.pairs] == ["condition", "social_condition"]
    assert found.pairs[1].condition.pk == social.pk
    assert found.unanswered == frozenset()


def test_a_clause_written_for_another_nature_is_left_out(food):
    condition = pair(food)
    Clause.objects.update(for_works=True, for_supplies=False, for_services=False)
    assert pairs_for(VISITOR, food, BOTH, nature="supplies").pairs == []
    assert conditions(pairs_for(VISITOR, food, BOTH, nature="works")) == [condition.pk]
    Clause.objects.update(for_works=False)
    assert conditions(pairs_for(VISITOR, food, BOTH, nature="supplies")) == [condition.pk]


def test_a_space_keeps_its_pairs(food):
    space = SpaceFactory(visibility="private")
    member = MemberFactory()
    MembershipFactory(space=space, member=member)
    condition = pair(food, space=space)
    assert conditions(pairs_for(member, food, BOTH)) == [condition.pk]
    assert pairs_for(VISITOR, food, BOTH).pairs == []
    assert pairs_for(VISITOR, food, BOTH).unanswered == set(BOTH)
    assert pairs_for(MemberFactory(), food, BOTH).pairs == []


def test_an_open_condition_does_not_tell_of_the_criterion_of_a_space(food):
    condition = ClauseFactory(family=food)
    ClauseFactory(criterion=True, family=food, links_to=condition, space=SpaceFactory(visibility="private"))
    found = pairs_for(VISITOR, food, BOTH)
    assert [(each.condition.pk, each.criterion) for each in found.pairs] == [(condition.pk, None)]


def test_nothing_wanted_asks_nothing(food, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert pairs_for(VISITOR, food, ()).pairs == []


@pytest.mark.parametrize("count", [1, 3, 12])
def test_three_queries_whatever_the_number_of_clauses(food, count, django_assert_num_queries):
    for _turn in range(count):
        pair(food)
    with django_assert_num_queries(3):
        pairs_for(VISITOR, food, (*BOTH, "social_condition"))


def test_the_limit_holds(food):
    for _turn in range(4):
        pair(food)
    assert len(pairs_for(VISITOR, food, BOTH, limit=2).pairs) == 2
