"""Pages that gather: what is seen is in them, what is not leaves no word, no row and no number."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from community.notifications.selectors import unseen_count, unseen_keys
from community.spaces.tokens import invitation_token

from .compare import body_of, comparable, difference
from .table import ACTORS, sees
from .test_addressed import one_a_row

pytestmark = pytest.mark.django_db
NEXT = re.compile(r'<a href="([^"]+)" rel="next"')
MOST_PAGES = 20
NOWHERE = "jeton9999qz"


def walk(client, url: str) -> str:
    """Every page of a list, one after the other."""
    text, base = "", url.split("?")[0]
    for _page in range(MOST_PAGES):
        body = body_of(client.get(url))
        text += body
        following = NEXT.search(body)
        if not following:
            return text
        address = following[1].replace("&amp;", "&").split("#")[0]
        url = base + address if address.startswith("?") else address
    raise AssertionError(f"{base} never ends")


def wrong_words(world, actor: str, text: str, *kinds: str) -> list[str]:
    return [
        f"{item}: {'shown' if item.token in text else 'missing'}"
        for item in world.of(*kinds)
        if (item.token in text) is not sees(actor, item.row)
    ]


# Their only word is the title of a clause, which its readers find elsewhere.
WORDS_OF_CLAUSES = {"usage_ask", "dossier_item"}


def leaked(world, actor: str, text: str) -> list[str]:
    """Names are shown with what their bearers signed; the rest of the table must not be there unless it is seen."""
    hidden = [item for item in world.items if item.kind != "member" and not sees(actor, item.row)]
    clauses = {item.token for item in world.of("clause") if sees(actor, item.row)}
    told = [item for item in hidden if item.token in text]
    return [str(item) for item in told if item.kind not in WORDS_OF_CLAUSES or item.token not in clauses]


@pytest.mark.parametrize("actor", ACTORS)
def test_the_list_of_questions_is_the_table(world, look, actor):
    text = walk(look(actor), reverse("question_list"))
    assert wrong_words(world, actor, text, "question") == []
    assert leaked(world, actor, text) == []


@pytest.mark.parametrize("actor", ACTORS)
def test_a_search_for_what_is_not_seen_is_a_search_for_nothing(world, look, actor, indexed):
    indexed()
    client = look(actor)
    for item in one_a_row(world.of("question")):
        # More of them than one person asks in a minute.
        cache.clear()
        pages = [client.get(reverse("question_list"), {"q": word}) for word in (item.token, NOWHERE)]
        path = f'/{item.obj.pk}/{item.obj.slug}/"'
        assert (path in body_of(pages[0])) is sees(actor, item.row), str(item)
        if not sees(actor, item.row):
            both = [comparable(page, {item.token: "WORD", NOWHERE: "WORD"}) for page in pages]
            assert not difference(*both), f"{item}: {difference(*both)}"


@pytest.mark.parametrize("actor", ACTORS)
def test_a_list_narrowed_to_a_space_that_is_not_seen_is_that_of_no_space(world, look, actor):
    client = look(actor)
    for item in world.of("space"):
        if not sees(actor, item.row):
            slugs = (item.obj.slug, f"espace-{NOWHERE}")
            pages = [
                comparable(client.get(reverse("question_list"), {"espace": slug}), {slug: "SLUG"}) for slug in slugs
            ]
            assert not difference(*pages), f"{item}: {difference(*pages)}"


@pytest.mark.parametrize("actor", ACTORS)
def test_spaces_are_listed_as_the_table_says(world, look, actor):
    text = walk(look(actor), reverse("space_list"))
    assert wrong_words(world, actor, text, "space") == []
    assert leaked(world, actor, text) == []


@pytest.mark.parametrize("actor", ACTORS)
def test_the_page_of_a_space_lists_its_people_to_its_people(world, look, actor):
    client = look(actor)
    for item in world.of("people"):
        text = walk(client, reverse("space_detail", args=[item.obj.slug]))
        assert (item.token in text) is sees(actor, item.row), str(item)
        assert leaked(world, actor, text) == []


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(
    "name",
    [
        *("home", "question_ask", "member_list", "review_queue", "break_glass_list", "question_feed"),
        *("clause_propose", "clause_review_list"),
    ],
)
def test_other_gathering_pages_leak_nothing(world, look, actor, name):
    text = walk(look(actor), reverse(name))
    viewer = "visitor" if name == "question_feed" else actor
    people = {item.token for item in world.of("people", "identity")}
    found = [item for item in leaked(world, viewer, text) if name != "member_list" or "people" not in item]
    # The directory names members to members: being in a space, or having written unnamed, is what it must not tell.
    if name == "member_list":
        found = [item for item in found if "identity" not in item]
        assert actor != "visitor" or not any(token in text for token in people)
    assert found == []


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor != "visitor"])
def test_clauses_to_review_are_listed_to_those_who_answer_for_them(world, look, actor):
    text = walk(look(actor), reverse("clause_review_list"))
    waiting = [item for item in world.of("clause") if item.obj.state == "in_review"]
    assert waiting
    assert [str(item) for item in waiting if (item.token in text) is not sees(actor, item.row)] == []


@pytest.mark.parametrize("actor", ACTORS)
def test_the_profile_of_an_author_shows_what_its_reader_may_read(world, look, actor):
    text = walk(look(actor), reverse("member_profile", args=[world.actors["author"].public_id]))
    assert leaked(world, actor, text) == []


@pytest.mark.parametrize("actor", ACTORS)
def test_the_profile_of_who_wrote_unnamed_leads_to_none_of_it(world, look, actor):
    client = look(actor)
    for item in world.of("identity"):
        text = walk(client, reverse("member_profile", args=[item.obj.author.public_id]))
        assert item.obj.title not in text
        assert f"/{item.obj.pk}/{item.obj.slug}/" not in text


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor != "visitor"])
def test_bookmarks_keep_no_title_of_what_is_no_longer_seen(world, look, actor):
    client = look(actor)
    text = walk(client, reverse("bookmark_list"))
    assert wrong_words(world, actor, text, "question", "space", "clause") == []
    assert leaked(world, actor, text) == []
    kept = world.of("question", "answer", "comment", "space", "clause")
    hidden = [item for item in kept if not sees(actor, item.row)]
    assert text.count("<h3>Ce contenu n’est plus accessible</h3>") == len(hidden)


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor != "visitor"])
def test_notifications_and_their_bell_speak_of_what_is_seen_only(world, look, actor):
    text = walk(look(actor), reverse("notification_list"))
    assert leaked(world, actor, text) == []
    assert wrong_words(world, actor, text, "question", "clause") == []
    seen = [item for item in world.of("question", "answer", "comment", "clause") if sees(actor, item.row)]
    member = world.actors[actor]
    assert min(unseen_count(member, unseen_keys(member)), 99) <= len(seen)


@pytest.mark.parametrize("actor", ACTORS)
def test_drafts_are_their_writers(world, look, actor):
    text = walk(look(actor), reverse("draft_list"))
    assert wrong_words(world, actor, text, "draft") == []


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor != "visitor"])
def test_similar_questions_and_mentions_speak_of_what_is_seen_only(world, look, actor):
    client = look(actor)
    for item in one_a_row(world.of("question")):
        cache.clear()
        page = client.get(reverse("question_similar"), {"title": item.obj.title})
        assert leaked(world, actor, body_of(page).replace(item.obj.title, "")) == []
        if not sees(actor, item.row):
            answers = [
                comparable(
                    client.get(reverse("mention_suggest"), {"q": "Claude", "question": pk}), {f"question={pk}": "Q"}
                )
                for pk in (item.obj.pk, 987_654_321_012)
            ]
            assert not difference(*answers), str(item)


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor != "visitor"])
@pytest.mark.parametrize("name", ["mention_suggest", "question_audience", "question_ask"])
def test_a_space_that_is_not_seen_cannot_be_asked_about(world, look, actor, name):
    client = look(actor)
    for item in world.of("space"):
        if not sees(actor, item.row):
            cache.clear()
            answers = [
                comparable(
                    client.get(reverse(name), {"q": "Claude", "space": value, "espace": slug}),
                    {f"space={value}": "V", slug: "S"},
                )
                for value, slug in ((str(item.obj.pk), item.obj.slug), ("987654321012", f"espace-{NOWHERE}"))
            ]
            told = difference(*answers)
            assert not told or "jeton" not in told, f"{item}: {told}"


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("get", {}),
        ("head", {}),
        ("get", {"Range": "bytes=0-3"}),
        ("get", {"If-None-Match": "*"}),
        ("get", {"If-None-Match": "TOKEN"}),
        ("get", {"If-Range": "TOKEN", "Range": "bytes=0-3"}),
    ],
    ids=["get", "head", "range", "any-etag", "own-etag", "if-range"],
)
def test_a_file_is_as_readable_as_what_it_is_attached_to(world, look, actor, method, headers):
    client = look(actor)
    for item in one_a_row(world.of("attachment")):
        own = {name: value.replace("TOKEN", f'"{item.obj.token}"') for name, value in headers.items()}
        address = reverse("attachment", args=[item.obj.token, item.obj.name])
        absent = reverse("attachment", args=["x" * 32, item.obj.name])
        answer = getattr(client, method)(address, headers=own)
        if sees(actor, item.row):
            assert answer.status_code in (200, 206, 304), str(item)
            assert "no-cache" in answer["Cache-Control"]
        else:
            other = getattr(client, method)(absent, headers=own)
            told = difference(comparable(answer, {address: "A"}), comparable(other, {absent: "A"}))
            assert not told, f"{item}: {told}"


@pytest.mark.parametrize("actor", ACTORS)
def test_the_address_of_a_file_has_no_second_spelling(world, look, actor):
    client = look(actor)
    item = world.in_row("attachment", "published.private")
    if sees(actor, item.row):
        return
    base = reverse("attachment", args=[item.obj.token, item.obj.name])
    for address in (
        base + "/",
        base.replace("/fichiers/", "/fichiers/%2e/"),
        base.replace("/fichiers/", "//fichiers/"),
    ):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("actor", ACTORS)
def test_invitations_answer_those_they_name(world, look, actor):
    client = look(actor)
    for item in world.of("invitation"):
        token = invitation_token(item.obj)
        for name in ("invitation_accept", "invitation_decline"):
            pages = [comparable(client.get(reverse(name, args=[each])), {each: "T"}) for each in (token, "0" * 64)]
            if name == "invitation_accept":
                assert not difference(*pages), str(item)
            assert world.spaces[item.place].name not in pages[0][2]
        if not sees(actor, item.row):
            slug = world.spaces[item.place].slug
            places = (slug, f"espace-{NOWHERE}")
            for name in ("invitation_revoke", "invitation_resend"):
                addresses = [reverse(name, args=[each, item.obj.pk]) for each in places]
                answers = [comparable(client.post(each), {each: "A"}) for each in addresses]
                assert not difference(*answers), f"{name} {item}"


@pytest.mark.parametrize("actor", ACTORS)
def test_nobody_is_removed_nor_an_access_closed_from_outside(world, look, actor):
    client = look(actor)
    for item in world.of("audit"):
        if not sees(actor, item.row):
            space, author = world.spaces[item.place], world.actors["author"]
            urls = [
                reverse("space_member_remove", args=[slug, author.public_id])
                for slug in (space.slug, f"espace-{NOWHERE}")
            ]
            answers = [comparable(client.get(url), {url: "A"}) for url in urls]
            assert not difference(*answers), str(item)
            if actor != "glass":
                urls = [reverse("break_glass_close", args=[pk]) for pk in (item.obj.pk, 987_654_321_012)]
                answers = [comparable(client.post(url), {url: "A"}) for url in urls]
                assert not difference(*answers), str(item)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("name", ["tag_detail", "tag_feed"])
def test_a_word_of_private_threads_only_is_no_word(world, look, actor, name):
    from community.taxonomy.models import Tag

    item = world.in_row("question", "published.private")
    tag = Tag.objects.create(name="confidentiel", slug="confidentiel")
    item.obj.tagged_items.create(tag=tag)
    if not sees(actor, item.row):
        client = look(actor)
        urls = [reverse(name, args=[word]) for word in ("confidentiel", "inconnu")]
        typed = ({"confidentiel": "W"}, {"inconnu": "W"})
        answers = [comparable(client.get(url), each) for url, each in zip(urls, typed, strict=True)]
        assert not difference(*answers)
