"""Pages and files that gather clauses: what is seen is in them, what is not leaves no word and no number."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from clauses.library.addresses import library_url
from community.notifications.models import Subscription
from tests.factories import PurchaseFamilyFactory, TagFactory

from .compare import body_of, comparable, difference
from .table import ACTORS, sees
from .test_lists import NOWHERE, leaked, walk, wrong_words

pytestmark = pytest.mark.django_db
# Everything that the library shows on demand: no longer advised, not yet published, withdrawn.
SHELVES = ({}, {"etat": "obsolete"}, *({"vie": life} for life in ("brouillon", "en-relecture", "masquee", "archivee")))


def in_library(client) -> str:
    return "".join(walk(client, library_url(**shelf)) for shelf in SHELVES)


@pytest.mark.parametrize("actor", ACTORS)
def test_the_library_is_the_table(world, look, actor):
    text = in_library(look(actor))
    assert wrong_words(world, actor, text, "clause") == []
    assert leaked(world, actor, text) == []


@pytest.mark.parametrize("actor", ACTORS)
def test_the_library_counts_what_is_seen(world, look, actor):
    client = look(actor)
    published = [item for item in world.of("clause") if sees(actor, item.row) and item.obj.state == "published"]
    shown = [item for item in published if item.obj.hidden_at is None]
    context = client.get(reverse("clause_list")).context
    assert context["total"].startswith(f"{len(shown)}")
    for group in context["form"].facets():
        for option in group["options"]:
            assert option["count"] <= len(world.of("clause")), group["name"]
    documents = next(group for group in context["form"].facets() if group["name"] == "piece")
    assert sum(option["count"] for option in documents["options"]) == len(shown)
    assert sum(place["count"] for place in context["form"].places()[1:]) in (0, len(shown))


@pytest.mark.parametrize("actor", ACTORS)
def test_a_library_narrowed_to_what_is_not_seen_is_that_of_nothing(world, look, actor):
    client = look(actor)
    for item in world.of("space"):
        if not sees(actor, item.row):
            slugs = (item.obj.slug, f"espace-{NOWHERE}")
            pages = [comparable(client.get(library_url(espace=slug)), {slug: "SLUG"}) for slug in slugs]
            assert not difference(*pages), f"{item}: {difference(*pages)}"
    item = world.in_row("clause", "published.private")
    item.obj.tags.add(TagFactory(name="confidentiel"))
    item.obj.save()
    if not sees(actor, item.row):
        words = ("confidentiel", "inconnu")
        pages = [comparable(client.get(library_url(**{"mot-cle": word})), {word: "MOT"}) for word in words]
        assert not difference(*pages), difference(*pages)


@pytest.mark.parametrize("actor", ACTORS)
def test_clauses_side_by_side_are_those_that_are_seen(world, look, actor):
    client, seen = look(actor), world.in_row("clause", "published.community")
    for item in world.of("clause"):
        pages = [client.get(reverse("clause_compare"), {"c": [seen.obj.pk, pk]}) for pk in (item.obj.pk, 987_654_321)]
        if item.obj.pk != seen.obj.pk and sees(actor, item.row):
            assert item.token in body_of(pages[0]), str(item)
        elif item.obj.pk != seen.obj.pk:
            typed = ({f"c={item.obj.pk}": "C"}, {"c=987654321": "C"})
            both = [comparable(page, each) for page, each in zip(pages, typed, strict=True)]
            assert not difference(*both), f"{item}: {difference(*both)}"


@pytest.mark.parametrize("actor", ACTORS)
def test_feeds_of_clauses_hold_what_a_visitor_reads(world, look, actor):
    client, family = look(actor), PurchaseFamilyFactory()
    for item in world.of("clause"):
        item.obj.other_families.add(family)
        item.obj.save()
    for url in (reverse("clause_feed"), reverse("clause_family_feed", args=[family.slug])):
        cache.clear()
        text = body_of(client.get(url))
        assert leaked(world, "visitor", text) == []
        advised = [item for item in world.of("clause") if sees("visitor", item.row) and item.obj.state == "published"]
        assert all(item.token in text for item in advised)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("form", ["docx", "odt"])
def test_files_are_as_readable_as_their_clause(world, look, actor, form):
    client = look(actor)
    for item in world.of("clause"):
        if item.place in ("community", "private"):
            answer = client.get(reverse("clause_export", args=[item.obj.pk, form]))
            assert (answer.status_code == 200) is sees(actor, item.row), str(item)


@pytest.mark.parametrize("actor", ACTORS)
def test_the_page_of_a_family_gathers_and_counts_what_is_seen(world, look, actor):
    family, client = PurchaseFamilyFactory(), look(actor)
    for item in world.of("clause"):
        # As an edit would, it says when: the index of the library moves with it.
        edit = {"family": family, "ambition": 1 + item.obj.pk % 4, "edited_at": timezone.now()}
        type(item.obj).objects.filter(pk=item.obj.pk).update(**edit)
    for item in world.of("question"):
        type(item.obj).objects.filter(pk=item.obj.pk).update(family=family)
    seen = [item for item in world.of("clause") if sees(actor, item.row) and item.obj.state == "published"]
    advised = [item for item in seen if item.obj.hidden_at is None]
    for name, arguments in (("family_detail", [family.slug]), ("family_list", [])):
        page = client.get(reverse(name, args=arguments))
        assert leaked(world, actor, body_of(page)) == []
        counted = page.context["clause_count"] if name == "family_detail" else page.context["families"][-1]["clauses"]
        assert counted == len(advised)


@pytest.mark.parametrize("actor", ACTORS)
def test_the_page_of_a_word_of_private_contents_is_absent(world, look, actor):
    client = look(actor)
    for item in (world.in_row("clause", "published.private"), world.in_row("clause", "waiting.community")):
        tag = TagFactory(name=f"mot {item.obj.pk}", slug=f"mot-{item.obj.pk}")
        item.obj.tags.add(tag)
        item.obj.save()
        page = client.get(reverse("tag_page", args=[tag.slug]))
        published = item.obj.state == "published" and item.obj.hidden_at is None
        assert (page.status_code == 200) is (published and sees(actor, item.row)), str(item)
        assert leaked(world, actor, body_of(page)) == []
        # As a visitor reads them: never for what these two say.
        assert client.get(reverse("clause_tag_feed", args=[tag.slug])).status_code == 404
        assert reverse("clause_tag_feed", args=[tag.slug]) not in body_of(page)
        if world.actors[actor].is_authenticated and page.status_code == 404:
            assert client.post(reverse("tag_watch", args=[tag.slug]), {"level": "all"}).status_code == 404
            assert not Subscription.objects.filter(kind="tag", object_id=tag.pk, member=world.actors[actor]).exists()


@pytest.mark.parametrize("actor", ACTORS)
def test_open_data_holds_the_community_s_public_clauses_whoever_asks(world, look, actor):
    client = look(actor)
    public = [item for item in world.of("clause") if sees("visitor", item.row) and item.obj.space_id is None]
    others = [item for item in world.of("clause") if item not in public]
    assert public
    assert others
    for name in ("clause_data_csv", "clause_data_json"):
        text = body_of(client.get(reverse(name)))
        assert leaked(world, "visitor", text) == []
        assert all(item.token in text for item in public)
        assert [str(item) for item in others if item.token in text] == []
    assert client.get(reverse("clause_data")).context["count"] == len(public)
