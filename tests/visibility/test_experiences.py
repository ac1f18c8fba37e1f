"""Reports: their library and feed show what the table says; who hides behind one is nowhere, machines included."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from clauses.library.addresses import clause_url
from clauses.reports.addresses import reports_url
from community.core.models import Attachment
from community.notifications.models import Notification
from community.notifications.tasks import write_rows
from community.reading.models import Bookmark
from search.rebuild import rebuild
from search.service import search
from tests.factories import PurchaseFamilyFactory, TagFactory, TerritoryFactory

from .compare import body_of, comparable, difference
from .experiences import KIND
from .table import ACTORS, sees
from .test_lists import NOWHERE, leaked, walk

pytestmark = pytest.mark.django_db


def listed(world, actor: str) -> list:
    """What lists show: what is hidden is read from the queue of who decides, drafts from their author's form."""
    return [item for item in world.of(KIND) if item.row.startswith("published") and sees(actor, item.row)]


@pytest.mark.parametrize("actor", ACTORS)
def test_the_library_is_the_table_and_counts_it(world, look, actor):
    client = look(actor)
    text = walk(client, reports_url())
    seen = listed(world, actor)
    shown = [item for item in world.of(KIND) if item.token in text]
    # The author finds her drafts again beside the library.
    drafts = [item for item in world.of(KIND) if item.obj.state == "draft"] if actor == "author" else []
    assert {str(item) + item.token for item in shown} - {str(i) + i.token for i in drafts} == {
        str(item) + item.token for item in seen
    }
    assert leaked(world, actor, text) == []
    # A page kept for visitors has no context: this address is asked once.
    page = client.get(reports_url(tri="utiles")).context
    assert page["total"].split()[0] == str(len(seen))
    outcomes = next(group for group in page["form"].facets() if group["name"] == "resultat")
    assert sum(option["count"] for option in outcomes["options"]) == len(seen)
    assert sum(place["count"] for place in page["form"].places()[1:]) in (0, len(seen))


@pytest.mark.parametrize("actor", ACTORS)
def test_feeds_hold_what_a_visitor_reads_and_sign_as_the_author_chose(world, look, actor):
    family = PurchaseFamilyFactory()
    for item in world.of(KIND):
        type(item.obj).objects.filter(pk=item.obj.pk).update(family=family)
    for url in (reverse("experience_feed"), reverse("experience_family_feed", args=[family.slug])):
        cache.clear()
        text = body_of(look(actor).get(url))
        assert leaked(world, "visitor", text) == []
        assert all(item.token in text for item in listed(world, "visitor"))


@pytest.mark.parametrize("actor", ACTORS)
def test_a_library_narrowed_to_what_is_not_seen_is_that_of_nothing(world, look, actor):
    client = look(actor)
    for item in world.of("space"):
        if not sees(actor, item.row):
            slugs = (item.obj.slug, f"espace-{NOWHERE}")
            pages = [comparable(client.get(reports_url(espace=slug)), {slug: "SLUG"}) for slug in slugs]
            assert not difference(*pages), f"{item}: {difference(*pages)}"
    private = world.in_row(KIND, "published.private")
    private.obj.territory = TerritoryFactory(code="T987", name="Département zymotique")
    private.obj.save()
    if not sees(actor, private.row):
        words = ("t987", "t986")
        pages = [comparable(client.get(reports_url(territoire=word)), {word: "MOT"}) for word in words]
        assert not difference(*pages), difference(*pages)


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor != "visitor"])
def test_bookmarks_and_the_bell_speak_of_what_is_seen_only(world, look, actor):
    member, client = world.actors[actor], look(actor)
    Bookmark.objects.filter(member=member).delete()
    Notification.objects.filter(member=member).delete()
    for item in world.of(KIND):
        Bookmark.objects.create(member=member, kind=KIND, object_id=item.obj.pk)
        key = [KIND, item.obj.pk]
        write_rows([member.pk], reason="experience_published", subject=key, target=key)
    for item in world.of("usage_ask"):
        key = ["usage_ask", item.obj.pk]
        write_rows([member.pk], reason="usage_asked", subject=key, target=key)
    for name in ("bookmark_list", "notification_list"):
        text = walk(client, reverse(name))
        wrong = [str(item) for item in world.of(KIND) if (item.token in text) is not sees(actor, item.row)]
        assert wrong == [], name
        assert leaked(world, actor, text) == []


@pytest.mark.parametrize("actor", ACTORS)
def test_who_hides_behind_a_report_is_nowhere(world, look, actor):
    client, found = look(actor), []
    rebuild(lambda _steps: None)
    for item in world.of("identity_report"):
        report, author = item.obj, item.obj.author
        files = Attachment.objects.filter(content_kind=KIND, content_id=report.pk)
        pages = [
            reverse("experience_detail", args=[report.pk]),
            reverse("experience_history", args=[report.pk]),
            reports_url(),
            reverse("experience_feed"),
            reverse("content_flag", args=[KIND, report.pk]),
            *(each.url for each in files),
        ]
        assert files and all(each.name.startswith("piece-") for each in files)
        for url in pages:
            answer = client.get(url, follow=True)
            said = body_of(answer) + str(answer.headers) + str(answer.redirect_chain)
            if item.token in said or author.public_id in said:
                found.append(url)
        kinds = {row.kind for row in search(world.actors[actor], item.token).rows}
        if not kinds <= {"member"}:
            found.append(f"search: {kinds}")
        profile = body_of(client.get(reverse("member_profile", args=[author.public_id]), follow=True))
        if report.title in profile:
            found.append("profile")
    assert found == []


@pytest.mark.parametrize("actor", ACTORS)
def test_a_keyword_is_that_of_the_reports_that_its_reader_sees(world, look, actor):
    """Alone, a report that is not seen leaves its keyword absent."""
    client, answers = look(actor), set()
    for item in world.of(KIND):
        tag = TagFactory()
        item.obj.tags.add(tag)
        answer = client.get(reverse("tag_page", args=[tag.slug]))
        shown = item.row.startswith("published") and sees(actor, item.row)
        assert (answer.status_code == 200) is (item.token in body_of(answer)) is shown, str(item)
        answers.add(shown)
    assert answers == {True, False}


@pytest.mark.parametrize("actor", ACTORS)
def test_a_clause_page_shows_the_reports_that_its_reader_sees(world, look, actor):
    clause = world.in_row("clause", "published.community").obj
    told = [item for item in world.of(KIND) if not item.row.startswith("published.community")]
    seen = 0
    for start in range(0, len(told), 3):
        some = told[start : start + 3]
        clause.experience_reports.set([item.obj for item in some])
        text = body_of(look(actor).get(clause_url(clause), {"n": start}))
        wrong = [
            str(item)
            for item in some
            if (item.token in text) is not (item.row.startswith("published") and sees(actor, item.row))
        ]
        assert wrong == []
        seen += sum(item.token in text for item in some)
    assert seen
