"""One page, one object: who sees finds it, who does not finds exactly what an absent object gives."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from .compare import body_of, comparable, difference
from .outlets import ABSENT_PK, ACTS, ADDRESSED, ROW_ELSEWHERE
from .table import ACTORS, SEES, sees

pytestmark = pytest.mark.django_db
# One of each reason for not seeing, where trying everybody would only cost time.
ACTING = ("visitor", "former", "late", "staff")
STATES = ("hidden", "embargoed", "deleted", "deleted_post")
SAMPLED = ("community", "private")
IN_THREAD = ("answer_detail", "comment_detail")
ASKING = ("visitor", "unverified", "former", "late", "moderator", "elsewhere", "staff")


def expected(outlet, actor: str, item) -> bool:
    row = item.row
    if elsewhere := ROW_ELSEWHERE.get((outlet.name, item.kind)):
        row = f"{elsewhere}.{item.place}"
    return sees("visitor" if outlet.as_visitor else actor, row)


def fetch(client, url: str, method: str = "get", **extra):
    return getattr(client, method)(url, **extra)


class Absent:
    """What one browser gets for objects that do not exist, asked once for each address, method and headers."""

    def __init__(self, client):
        self.client = client
        self.known = {}

    def difference(self, outlet, item, method: str = "get", **extra) -> str:
        key = (outlet, method, repr(extra))
        if key not in self.known:
            self.known[key] = self.answer(outlet.absent_url(item), method, extra)
        return difference(self.answer(outlet.url(item), method, extra), self.known[key])

    def answer(self, url: str, method: str, extra: dict) -> tuple:
        return comparable(fetch(self.client, url, method, **extra), {url: "ADDRESS"})


def in_thread(item) -> str:
    """The row of the text of a post in its thread."""
    return item.row.replace("deleted_post", "placeholder")


def one_a_row(items):
    """One item of each row that is worth a page: `test_registry` holds every state in every place to the table."""
    rows = {item.row: item for item in items}
    return [item for row, item in rows.items() if row.split(".")[0] not in STATES or item.place in SAMPLED]


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("outlet", ADDRESSED, ids=str)
def test_a_page_shows_what_the_table_says_and_hides_the_rest_as_absent(world, look, outlet, actor):
    client, wrong, tried = look(actor), [], 0
    absent = Absent(client)
    for item in one_a_row(world.of(outlet.kind)):
        tried += 1
        if expected(outlet, actor, item):
            page = fetch(client, outlet.url(item), follow=True)
            shown = item.token in body_of(page)
            if page.status_code != 200 or shown is not (outlet.name not in IN_THREAD or sees(actor, in_thread(item))):
                wrong.append(f"{item} is hidden from {actor} ({page.status_code})")
        elif told := absent.difference(outlet, item):
            wrong.append(f"{item} is not absent for {actor}: {told}")
    assert tried
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("actor", ASKING)
@pytest.mark.parametrize("method", ["head", "options", "post", "put"])
def test_no_other_method_tells_more(world, look, actor, method):
    absent, wrong = Absent(look(actor)), []
    for outlet in ADDRESSED:
        item = next((each for each in world.of(outlet.kind) if not expected(outlet, actor, each)), None)
        if item is not None and (told := absent.difference(outlet, item, method)):
            wrong.append(f"{outlet} {item}: {told}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("actor", ASKING)
def test_no_header_of_the_request_tells_more(world, look, actor):
    absent, wrong = Absent(look(actor)), []
    tricks = (
        {"HX-Request": "true"},
        {"Accept": "application/json"},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Sun, 22 Nov 2037 06:00:00 GMT"},
        {"Range": "bytes=0-10"},
    )
    for outlet in ADDRESSED:
        item = next((each for each in world.of(outlet.kind) if not expected(outlet, actor, each)), None)
        for headers in tricks if item is not None else ():
            if told := absent.difference(outlet, item, headers=headers):
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


@pytest.mark.parametrize("actor", ASKING)
def test_a_wrong_slug_leads_to_the_title_only_of_what_is_seen(world, look, actor):
    client = look(actor)
    for item in one_a_row(world.of("question")):
        page = fetch(client, reverse("question_detail", args=[item.obj.pk, "autre"]))
        assert (item.token in page.headers.get("Location", "")) is sees(actor, item.row), str(item)


@pytest.mark.parametrize("actor", ACTORS)
def test_a_thread_shows_its_title_and_its_posts_as_the_table_says(world, look, actor):
    client, wrong, pages = look(actor), [], {}
    for item in one_a_row(world.of("question")) + one_a_row(world.of("answer")) + one_a_row(world.of("comment")):
        thread = item.obj if item.kind == "question" else item.obj.question
        if thread.pk not in pages:
            pages[thread.pk] = body_of(fetch(client, reverse("question_detail", args=[thread.pk, thread.slug])))
        page = pages[thread.pk].split("</head>")[0] if item.kind == "question" else pages[thread.pk]
        if (item.token in page) is not sees(actor, in_thread(item)):
            wrong.append(f"{item}: {'shown' if item.token in page else 'hidden'}")
    assert not wrong, "\n".join(wrong)


def test_the_identity_behind_an_anonymous_post_is_on_no_page_of_it(world, look):
    found = []
    for actor in ASKING:
        client = look(actor)
        for item in world.of("identity"):
            pages = [reverse("question_detail", args=[item.obj.pk]), reverse("question_history", args=[item.obj.pk])]
            pages += [reverse("question_comments", args=[item.obj.pk]), reverse("thread_feed", args=[item.obj.pk])]
            for url in pages:
                page = body_of(fetch(client, url, follow=True))
                if item.token in page or item.obj.author.public_id in page:
                    found.append(f"{actor} {url}")
    assert found == []
    assert SEES["identity.anonymous"] == frozenset()


def test_the_identity_is_seen_by_who_lifted_it(world, look):
    from community.spaces.actions import lift_anonymity

    item = world.of("identity")[0]
    reason = "Mise en danger d’une personne, signalée par un membre."
    lift_anonymity(actor=world.actors["glass"], kind="question", pk=item.obj.pk, reason=reason, hours=1)
    for actor in ACTORS:
        page = fetch(look(actor), reverse("anonymity_lift", args=["question", item.obj.pk]))
        assert (item.token in body_of(page)) is sees(actor, "identity.lifted"), actor
