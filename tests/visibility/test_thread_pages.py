"""What a thread shows of its title, its posts and who wrote them."""

import pytest
from django.urls import reverse

from .asking import ASKING, fetch, in_thread, one_a_row, placed
from .compare import body_of
from .table import ACTORS, SEES, sees

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("actor", ACTORS)
def test_a_deleted_comment_leaves_its_place_to_who_reads_the_thread(world, look, actor):
    """And the way to the answer that it became to who sees that answer."""
    client, wrong, pages = look(actor), [], {}
    for item in world.of("comment", "split"):
        thread, anchor = item.obj.question, f'id="commentaire-{item.obj.pk}"'
        if item.obj.deleted_at is None:
            continue
        url = reverse("comment_detail", args=[thread.pk, item.obj.pk])
        page = pages[url] = pages.get(url) or body_of(fetch(client, url, follow=True))
        if item.kind == "comment" and (anchor in page) is not sees(actor, placed(item)):
            wrong.append(f"{item}: {'a place' if anchor in page else 'no place'}")
        if (item.token in page) is not sees(actor, item.row if item.kind == "split" else in_thread(item)):
            wrong.append(f"{item}: {'told' if item.token in page else 'not told'}")
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
