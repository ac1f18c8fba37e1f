"""Atom feeds: what everyone reads, well-formed whatever was typed, and the same for whoever asks."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.factories import (
    AnswerFactory,
    MemberFactory,
    MembershipFactory,
    PurchaseFamilyFactory,
    QuestionFactory,
    SpaceFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client, url) -> list[str]:
    response = client.get(url)
    assert response.status_code == 200, url
    feed = ElementTree.fromstring(response.content)
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


@pytest.mark.parametrize("title", ["a ]]> <b>&amp;", "\x0b\x1f bidi \u202e", "</title><script>", "\ufffe\uffff"])
def test_a_hostile_title_leaves_the_feed_well_formed(client, title):
    QuestionFactory(title=title)
    assert len(entries(client, "/questions/flux/")) == 1


@pytest.mark.parametrize("reader", ["visitor", "member", "insider"])
def test_feeds_hold_what_everyone_reads_whoever_asks(reader):
    private, reserved, opened = SpaceFactory(private=True), SpaceFactory(members_only=True), SpaceFactory(slug="ouvert")
    family, tag = PurchaseFamilyFactory(slug="restauration"), TagFactory(name="béton")
    for space in (private, reserved, opened, None):
        place = space.visibility if space else "community"
        QuestionFactory(space=space, family=family, title=place).tags.add(tag)
    client = Client()
    if reader != "visitor":
        member = MemberFactory()
        if reader == "insider":
            MembershipFactory(space=private, member=member)
        client.force_login(member)
    assert set(entries(client, "/questions/flux/")) == {"open", "community"}
    assert set(entries(client, "/questions/flux/famille/restauration/")) == {"open", "community"}
    assert set(entries(client, "/questions/flux/mot-cle/béton/")) == {"open", "community"}
    assert entries(client, "/questions/flux/espace/ouvert/") == ["open"]
    for space in (private, reserved):
        assert client.get(f"/questions/flux/espace/{space.slug}/").status_code == 404


def test_the_feed_of_a_thread_is_absent_when_the_thread_is_not_open():
    question = AnswerFactory(question=QuestionFactory(space=SpaceFactory(members_only=True))).question
    client = Client()
    client.force_login(MemberFactory())
    assert client.get(f"/questions/{question.pk}/flux/").status_code == 404
    answer = AnswerFactory()
    AnswerFactory(question=answer.question, hidden_at=answer.created_at)
    assert len(entries(client, f"/questions/{answer.question_id}/flux/")) == 1


def test_a_word_of_private_threads_only_has_no_feed(client):
    QuestionFactory(space=SpaceFactory(private=True)).tags.add(TagFactory(name="secret"))
    assert client.get("/questions/flux/mot-cle/secret/").status_code == 404


def test_an_anonymous_author_is_not_named(client):
    QuestionFactory(author=MemberFactory(last_name="Introuvable"), naming="anonymous")
    assert b"Introuvable" not in client.get("/questions/flux/").content
