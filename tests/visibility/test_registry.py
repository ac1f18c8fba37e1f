"""Every registered kind says the same thing three ways, and what it says is the table."""

import pytest
from django.contrib.auth.models import AnonymousUser

from community.core import contents
from community.members.models import Member

from .table import ACTORS, SEES, sees

pytestmark = pytest.mark.django_db
KINDS = [kind.name for kind in contents.kinds()]
# The law is for everyone: there is no other answer.
OPEN_KINDS = {"legal_text", "legal_provision"}


def test_every_kind_stands_in_the_world(world):
    assert {item.kind for item in world.items} >= set(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_list_predicate_and_readers_agree_on_every_row_of_the_kind(world, name):
    kind, answers = contents.get(name), set()
    lists = {actor: set(kind.visible_to(viewer).values_list("pk", flat=True)) for actor, viewer in world.actors.items()}
    for obj in kind.model._default_manager.all():
        readers = set(kind.readers(obj, Member.objects.all()).values_list("pk", flat=True))
        for actor_name, actor in world.actors.items():
            listed = obj.pk in lists[actor_name]
            assert listed == kind.can_view(actor, obj), (name, obj.pk, actor_name)
            if actor.is_authenticated:
                assert listed == (actor.pk in readers), (name, obj.pk, actor_name)
            answers.add(listed)
    assert answers == ({True} if name in OPEN_KINDS else {True, False}), f"{name}: the world does not show both answers"


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("actor", ACTORS)
def test_the_registry_says_what_the_table_says(world, name, actor):
    viewer = world.actors[actor]
    items = world.of(name)
    keys = [(name, item.obj.pk) for item in items]
    for found in (contents.visible_in_bulk(viewer, keys), contents.visible_keys(viewer, keys)):
        wrong = [str(item) for item in items if ((name, item.obj.pk) in found) is not sees(actor, item.row)]
        assert wrong == []


@pytest.mark.parametrize("actor", ACTORS)
def test_keys_of_all_kinds_together_are_those_of_the_table(world, actor):
    """In a few hands, as the bell asks: what is prepared of one viewer must not be what the next one is told."""
    items = [item for item in world.items if item.kind in KINDS]
    for start in range(0, len(items), 90):
        some = items[start : start + 90]
        found = contents.visible_keys(world.actors[actor], {(item.kind, item.obj.pk) for item in some})
        assert [str(item) for item in some if ((item.kind, item.obj.pk) in found) is not sees(actor, item.row)] == []


@pytest.mark.parametrize("name", KINDS)
def test_who_is_told_is_never_what_is_displayed_of_an_unnamed_author(world, name):
    kind = contents.get(name)
    for obj in kind.model._default_manager.all():
        shown = kind.displayed_author(obj)
        recipient = kind.recipient(obj)
        if shown.anonymous and recipient is not None:
            said = f"{shown.name} {shown.detail} {shown.url} {shown.initials}"
            assert recipient.last_name not in said
            assert recipient.public_id not in said
            assert (shown.url, shown.initials) == ("", "")


def test_moderators_see_what_they_moderate(world):
    moderated = 0
    for name in ("question", "answer", "comment", "clause"):
        kind = contents.get(name)
        for item in world.of(name):
            if item.row.startswith("deleted."):
                continue
            for actor_name, actor in world.actors.items():
                if kind.can_moderate(actor, item.obj):
                    moderated += 1
                    assert kind.can_view(actor, item.obj), (str(item), actor_name)
    assert moderated


def test_a_visitor_moderates_nothing(world):
    for kind in contents.kinds():
        for obj in kind.model._default_manager.all():
            assert not kind.can_moderate(AnonymousUser(), obj)


def test_each_row_of_the_table_is_used(world):
    used = {item.row for item in world.items} | {"identity.lifted"}
    used |= {row.replace("deleted_post", name) for row in used for name in ("placeholder", "place")}
    assert set(SEES) - used == set()
