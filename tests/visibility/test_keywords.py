"""A keyword that files only what is not seen is found nowhere, and counts in nothing."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.factories import TagFactory

from .asking import one_a_row
from .compare import body_of, comparable, difference
from .experiences import KIND
from .table import ACTORS, sees

pytestmark = pytest.mark.django_db
OUTLETS = ("search", "search_suggest")


def is_shown(actor: str, item) -> bool:
    """As on the page of the keyword: threads as they are seen; of clauses and reports, those that are published."""
    if item.kind == "question":
        return sees(actor, item.row)
    return item.row.startswith("published") and item.obj.state == "published" and sees(actor, item.row)


def filed(world) -> list:
    """A keyword for each state and place of each kind that is filed under some."""
    pairs = []
    for item in (item for kind in ("question", "clause", KIND) for item in one_a_row(world.of(kind))):
        tag = TagFactory(name=f"motclé{item.kind}{item.obj.pk}fin", slug=f"mot-{item.kind}-{item.obj.pk}")
        item.obj.tagged_items.model.objects.create(tag=tag, content_object=item.obj)
        pairs.append((item, tag))
    return pairs


@pytest.mark.parametrize("actor", ACTORS)
def test_a_keyword_is_found_by_who_sees_what_it_files(world, look, actor):
    client, answers = look(actor), set()
    for item, tag in filed(world):
        address = reverse("tag_page", args=[tag.slug])
        outlets = []
        for name in OUTLETS:
            cache.clear()
            outlets.append(address in body_of(client.get(reverse(name), {"q": tag.name})))
        outlets.append(client.get(address).status_code == 200)
        assert outlets == [is_shown(actor, item)] * 3, str(item)
        answers.add(outlets[0])
    assert answers == {True, False}


@pytest.mark.parametrize("actor", ACTORS)
def test_a_keyword_that_is_not_seen_is_no_keyword(world, look, actor):
    client = look(actor)
    for item, tag in filed(world):
        if is_shown(actor, item):
            continue
        TagFactory(name=f"fondu{tag.pk}", stands_for=tag)
        for word in (tag.name, f"fondu{tag.pk}"):
            for name in OUTLETS:
                pages = []
                for typed in (word, "inexistant"):
                    cache.clear()
                    pages.append(comparable(client.get(reverse(name), {"q": typed}), {typed: "WORD"}))
                assert not difference(*pages), f"{name} {item}: {difference(*pages)}"
