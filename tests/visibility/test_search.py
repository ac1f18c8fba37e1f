"""The search, its suggestions, its corrections and its alerts tell nothing that the table does not let be seen: on the
store of the database and, with `SEARCH_URL`, on Elasticsearch.
"""

import os

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from community.core import ports
from community.notifications.models import Notification
from search import actions, index, outbox, service
from search.address import Asked
from search.engines import engine
from search.models import SavedSearch
from search.rebuild import rebuild

from .asking import one_a_row
from .compare import body_of, comparable, difference
from .experiences import KIND
from .table import ACTORS, sees
from .test_lists import NOWHERE, leaked

pytestmark = pytest.mark.django_db
FOUND = ("question", "answer", "space", "clause", KIND)
# Looked up by some, found by nobody: what is deleted, clauses before and after their time, drafts of reports.
UNFOUND = {"question": ("deleted",), "answer": ("deleted",), "clause": ("waiting", "archived"), KIND: ("embargoed",)}
SERVER = settings.SEARCH_URL


@pytest.fixture(scope="module")
def world(world, django_db_blocker):
    patch = pytest.MonkeyPatch()
    if SERVER:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        patch.setattr(settings, "SEARCH_URL", f"{SERVER.rstrip('/')}/leaks-{worker}-{os.getpid()}")
    with django_db_blocker.unblock():
        rebuild(lambda _steps: None)
        settle()
        try:
            yield world
        finally:
            if SERVER:
                engine().wipe()
            patch.undo()


def settle() -> None:
    """What waits is told, as the task would a moment later."""
    if SERVER:
        outbox.drain()
    engine().settle()


def is_found(actor: str, item) -> bool:
    return sees(actor, item.row) and not item.row.startswith(UNFOUND.get(item.kind, ()))


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
        # Their posts stay when what they signed is left out: they signed none.
        without, other = (service.search(viewer, f"acheter -auteur:{name}") for name in (item.token, NOWHERE))
        assert [row.obj for row in without.rows] == [row.obj for row in other.rows]
        assert (without.total, without.facets) == (other.total, other.facets)


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


@pytest.mark.parametrize("actor", ACTORS)
def test_what_completes_resembles_or_filters_a_list_is_seen(world, look, actor):
    viewer, kinds, seen = world.actors[actor], ("question", "clause", KIND), 0
    for item in (item for kind in kinds for item in one_a_row(world.of(kind))):
        close = [obj.pk for obj in service.similar(viewer, kinds, item.token)[item.kind]]
        listed = ports.text_search(viewer, item.kind, item.token).values_list("pk", flat=True)
        completed = " ".join(each.text for each in service.autocomplete(viewer, item.token[:-1]))
        outlets = [item.obj.pk in close, item.obj.pk in listed, item.token in completed]
        assert outlets == [is_found(actor, item)] * 3, str(item)
        seen += outlets[0]
    assert seen


# Last: the index of a server does not forget, as the database does after each test, what these write.
def hide_a_word(world) -> None:
    private = world.in_row("question", "published.private").obj
    type(private).objects.filter(pk=private.pk).update(title="Un mot secret : zymotechnie")
    index.refresh([("question", private.pk)])
    settle()


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if not sees(actor, "published.private")])
def test_a_word_of_what_is_not_seen_takes_the_place_of_none(world, look, actor):
    hide_a_word(world)
    others = [item for item in world.of("question", "clause", KIND) if is_found("visitor", item)]
    others = others[: service.MAX_SIMILAR_WORDS]
    answers = [
        service.similar(world.actors[actor], FOUND, " ".join([word, *(item.token for item in others)]), limit=20)
        for word in ("zymotechnie", "xylotechnie")
    ]
    assert answers[0] == answers[1]
    assert len(others) == service.MAX_SIMILAR_WORDS
    assert all(item.obj in answers[0][item.kind] for item in others)


@pytest.mark.parametrize("actor", ACTORS)
def test_a_correction_offers_no_word_of_what_is_not_seen(world, look, actor):
    hide_a_word(world)
    results = service.search(world.actors[actor], "zymotecnie")
    assert bool(results.corrected) is sees(actor, "published.private")
    assert bool(results.rows) is sees(actor, "published.private")
