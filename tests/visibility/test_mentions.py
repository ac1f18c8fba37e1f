"""Who may be named in a thread, by the list that completes or by hand: its readers, whoever wrote there."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from qa.actions.texts import with_typed_mentions

from .table import ACTORS, sees
from .world import PLACES

pytestmark = pytest.mark.django_db
PERSONS = [actor for actor in ACTORS if actor != "visitor"]


@pytest.mark.parametrize("place", PLACES)
def test_readers_alone_are_named(world, look, place):
    question = world.in_row("question", f"published.{place}").obj
    for name in PERSONS:
        writer = "owner" if name == "author" else "author"
        cache.clear()
        named = f"Claude {name.capitalize()}"
        asked = {"q": named, "question": question.pk}
        proposed = look(writer).get(reverse("mention_suggest"), asked).json()["results"]
        text = with_typed_mentions(f"Voir @{named}.", question=question, actor=world.actors[writer])
        public_id = world.actors[name].public_id
        answers = [public_id in {row["id"] for row in proposed}, f"(membre:{public_id})" in text]
        assert answers == [sees(name, f"published.{place}")] * 2, name


def test_a_name_typed_tells_nothing_of_those_who_wrote_without_theirs(world):
    for item in world.of("identity"):
        place = next(place for place, space in world.spaces.items() if space == item.obj.space)
        another = world.in_row("exchange", f"exchange.{place}").obj.question
        answers = {
            with_typed_mentions(f"@{item.token} {item.token}", question=question, actor=world.actors["verified"])
            for question in (item.obj, another)
        }
        assert len(answers) == 1, str(item)
        assert "(membre:" in answers.pop(), str(item)
