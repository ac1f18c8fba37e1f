"""Nothing but a plain request tells more of what is not seen: no method, no header, no act, no other parent."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from .asking import ACTING, ASKING, Absent, expected, fetch, one_a_row
from .compare import comparable, difference
from .outlets import ABSENT_PK, ACTS, ADDRESSED
from .table import sees

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("actor", ASKING)
@pytest.mark.parametrize("method", ["head", "options", "post", "put"])
def test_no_other_method_tells_more(world, look, actor, method):
    absent, wrong = Absent(look(actor)), []
    for outlet in ADDRESSED:
        item = next((each for each in world.of(outlet.kind) if not expected(outlet, actor, each)), None)
        if item is not None and (told := absent.difference(outlet, item, method)):
            wrong.append(f"{outlet} {item}: {told}")
    assert not wrong, "\n".join(wrong)


HEADERS = (
    {"HX-Request": "true"},
    {"Accept": "application/json"},
    {"If-None-Match": "*"},
    {"If-Modified-Since": "Sun, 22 Nov 2037 06:00:00 GMT"},
    {"Range": "bytes=0-10"},
)


@pytest.mark.parametrize("actor", ASKING)
def test_no_header_of_the_request_tells_more(world, look, actor):
    """One header a page: each page meets each header, and each actor too, over all the actors."""
    absent, wrong = Absent(look(actor)), []
    for rank, outlet in enumerate(ADDRESSED, start=ASKING.index(actor)):
        item = next((each for each in world.of(outlet.kind) if not expected(outlet, actor, each)), None)
        headers = HEADERS[rank % len(HEADERS)]
        if item is not None and (told := absent.difference(outlet, item, headers=headers)):
            wrong.append(f"{outlet} {item} {headers}: {told}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("actor", ACTING)
def test_acting_on_what_is_not_seen_is_acting_on_nothing(world, look, actor, method):
    absent, wrong = Absent(look(actor)), []
    for number, outlet in enumerate(ACTS):
        # Rate limits count what is refused too: each outlet begins afresh.
        cache.clear()
        hidden = [item for item in one_a_row(world.of(outlet.kind)) if not sees(actor, item.row)]
        # Each act is tried on another of the hidden states and places, so that together they are all tried.
        item = hidden[number % len(hidden)] if hidden else None
        # A bookmark kept while it could be seen can be let go: `test_lists` follows that page.
        skipped = outlet.name == "bookmark_toggle" and actor != "visitor"
        if item is not None and not skipped and (told := absent.difference(outlet, item, method)):
            wrong.append(f"{outlet} {item}: {told}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("actor", ASKING)
@pytest.mark.parametrize(("name", "kind"), [("answer_detail", "answer"), ("comment_detail", "comment")])
def test_a_child_under_another_parent_is_absent(world, look, actor, name, kind):
    """Whether the child, the parent, both or neither are seen."""
    client, wrong = look(actor), []
    rows = ("published.community", "published.private", "embargoed.open")
    parents = [world.in_row("question", row).obj.pk for row in rows]
    for child in (world.in_row(kind, row) for row in (*rows, "hidden.open")):
        for parent in (pk for pk in parents if pk != child.obj.question_id):
            url, absent = reverse(name, args=[parent, child.obj.pk]), reverse(name, args=[parent, ABSENT_PK])
            answers = [comparable(fetch(client, each), {each: "ADDRESS"}) for each in (url, absent)]
            if told := difference(*answers):
                wrong.append(f"{child} under {parent}: {told}")
    assert not wrong, "\n".join(wrong)
