"""Purchases to come are read by their owner and those she named, by whichever way out; peers see names, no row."""

import pytest
from django.urls import reverse

from clauses.planner.actions.settings import open_feed
from clauses.planner.feed import feed_token
from clauses.planner.models import PlannedPurchase
from tests.factories import PurchaseFamilyFactory

from .compare import body_of, comparable, difference
from .table import ACTORS, sees
from .test_lists import leaked, walk, wrong_words

pytestmark = pytest.mark.django_db
SIGNED_IN = [actor for actor in ACTORS if actor != "visitor"]


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("name", ["planner", "planner_csv", "planner_ics"])
def test_the_lists_of_the_planner_are_the_table(world, look, actor, name):
    text = walk(look(actor), reverse(name))
    assert wrong_words(world, actor, text, "planned_purchase") == []
    assert leaked(world, actor, text) == []


@pytest.mark.parametrize("actor", SIGNED_IN)
def test_a_private_address_gives_what_its_member_reads_to_whoever_holds_it(world, look, actor):
    token = feed_token(open_feed(actor=world.actors[actor]))
    text = body_of(look("visitor").get(reverse("planner_feed", args=[token])))
    assert wrong_words(world, actor, text, "planned_purchase") == []
    assert leaked(world, actor, text) == []


def test_a_guessed_address_is_as_absent_as_a_closed_one(world, look):
    closed = feed_token(open_feed(actor=world.actors["author"]))
    open_feed(actor=world.actors["author"])
    client = look("visitor")
    pages = [
        comparable(client.get(reverse("planner_feed", args=[token])), {token: "TOKEN"}) for token in (closed, "a" * 64)
    ]
    assert pages[0][0] == 404
    assert not difference(*pages)


def test_a_peer_is_seen_by_name_family_and_year_and_nothing_of_her_row_is(world, look):
    family = PurchaseFamilyFactory()
    theirs = world.in_row("planned_purchase", "own.author")
    PlannedPurchase.objects.filter(pk=theirs.obj.pk).update(visible_to_peers=True, family=family)
    PlannedPurchase.objects.create(
        owner=world.actors["verified"],
        title="Mon achat",
        family=family,
        starts_on=theirs.obj.starts_on,
        visible_to_peers=True,
    )
    text = body_of(look("verified").get(reverse("planner")))
    assert "Claude Author" in text
    assert family.label in text
    assert leaked(world, "verified", text) == []
    assert not sees("verified", theirs.row)
    assert "Claude Author" not in body_of(look("partner").get(reverse("planner")))
