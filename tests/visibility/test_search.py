"""The search, its suggestions, its corrections and its alerts tell nothing that the table does not let be seen."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from community.notifications.models import Notification
from search import actions, service
from search.address import Asked
from search.models import SavedSearch
from search.rebuild import rebuild

from .compare import body_of, comparable, difference
from .table import ACTORS, sees
from .test_addressed import one_a_row
from .test_lists import NOWHERE, leaked

pytestmark = pytest.mark.django_db
FOUND = ("question", "answer", "space", "page")


@pytest.fixture(scope="module")
def world(world, django_db_blocker):
    with django_db_blocker.unblock():
        rebuild(lambda _steps: None)
    return world


def is_found(actor: str, item) -> bool:
    """What is deleted is found by nobody, those who may still look it up included."""
    return sees(actor, item.row) and not item.row.startswith("deleted")


@pytest.mark.parametrize("actor", ACTORS)
def test_results_are_the_table(world, look, actor):
    viewer = world.actors[actor]
    for item in world.of(*FOUND):
        found = service.search(viewer, item.token)
        keys = {(row.kind, row.obj.pk) for row in found.rows}
        assert ((item.kind, item.obj.pk) in keys) is is_found(actor, item), str(item)
        if not is_found(actor, item):
            # The word may stand in the title of what is seen around it; then it is counted there.
            assert found.total == len(found.rows) == len(keys), str(item)


@pytest.mark.parametrize("actor", ACTORS)
def test_a_search_for_what_is_not_seen_is_a_search_for_nothing(world, look, actor):
    client = look(actor)
    for item in one_a_row(world.of("question", "answer", "comment", "space", "people", "attachment")):
        if sees(actor, item.row):
            continue
        for name in ("search", "search_suggest"):
            pages = []
            for word in (item.token, NOWHERE):
                cache.clear()
                pages.append(comparable(client.get(reverse(name), {"q": word}), {item.token: "WORD", NOWHERE: "WORD"}))
            if item.kind == "people" and actor != "visitor":
                # The directory names members to members.
                continue
            assert not difference(*pages), f"{name} {item}: {difference(*pages)}"


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("words", ["comment acheter", "essayez", "espace", "besoin", "claude"])
def test_what_gathers_leaks_nothing(world, look, actor, words):
    client = look(actor)
    text = ""
    for page in range(1, 6):
        cache.clear()
        text += body_of(client.get(reverse("search"), {"q": words, "page": page}))
    cache.clear()
    text += body_of(client.get(reverse("search_suggest"), {"q": words}))
    found = [item for item in leaked(world, actor, text) if actor == "visitor" or "people" not in item]
    assert [item for item in found if "identity" not in item or actor == "visitor"] == []


@pytest.mark.parametrize("actor", ACTORS)
def test_the_anonymous_are_not_found_by_their_name(world, look, actor):
    viewer = world.actors[actor]
    for item in world.of("identity"):
        for text in (item.token, f"auteur:{item.token}", f"@{item.token}"):
            kinds = {row.kind for row in service.search(viewer, text).rows}
            assert kinds <= {"member"}, text
            assert service.similar(viewer, ("question",), item.token) == {"question": []}


@pytest.mark.parametrize("actor", ACTORS)
def test_a_correction_offers_no_word_of_what_is_not_seen(world, look, actor):
    viewer = world.actors[actor]
    private = world.in_row("question", "published.private").obj
    type(private).objects.filter(pk=private.pk).update(title="Un mot secret : zymotechnie")
    rebuild(lambda _steps: None)
    results = service.search(viewer, "zymotecnie")
    assert bool(results.corrected) is sees(actor, "published.private")
    assert bool(results.rows) is sees(actor, "published.private")


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor != "visitor"])
def test_an_alert_tells_of_what_may_be_read_only(world, look, actor):
    member = world.actors[actor]
    Notification.objects.all().delete()
    saved = actions.save_search(actor=member, asked=Asked.from_address("q=acheter", member))
    SavedSearch.objects.filter(pk=saved.pk).update(told_until="2000-01-01T00:00Z")
    saved.refresh_from_db()
    actions.tell_saved_search(saved=saved)
    told = Notification.objects.filter(member=member, reason="saved_search").values_list("target_kind", "target_id")
    allowed = {(item.kind, item.obj.pk) for item in world.of("question", "answer") if sees(actor, item.row)}
    assert {key for key in told if key in {(i.kind, i.obj.pk) for i in world.of("question", "answer")}} <= allowed
