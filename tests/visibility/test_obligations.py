"""The checker and its note show only clauses that the reader sees: pairs, halves, and what nobody answers."""

import pytest
from django.urls import reverse

from clauses.library.selectors.pairs import find_candidates
from community.law.models import Obligation

from .table import ACTORS, sees
from .test_lists import leaked

pytestmark = pytest.mark.django_db
QUERY = {"nature": "supplies", "montant": "80000", "lancement": "2027-01-11"}


@pytest.mark.parametrize("actor", ACTORS)
def test_candidates_are_the_table(world, actor):
    viewer = world.actors[actor]
    found = find_candidates(viewer, None, "")
    for item in world.of("clause"):
        advised = item.obj.state == "published" and item.obj.hidden_at is None
        assert (item.obj.pk in found) == (advised and sees(actor, item.row)), str(item)


@pytest.mark.parametrize("name", ["obligations", "obligations_note"])
@pytest.mark.parametrize("actor", ACTORS)
def test_the_pages_leak_no_word(world, look, actor, name):
    Obligation.objects.create(slug="condition-environnementale", starts_on="2026-08-21", title="Une condition")
    response = look(actor).get(reverse(name), QUERY)
    assert response.status_code == 200
    assert leaked(world, actor, response.content.decode()) == []
