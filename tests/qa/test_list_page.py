"""The lists: each filter keeps what it says, pages never shift, nothing tells of what cannot be seen."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.notifications.models import Subscription
from community.reading.models import ReadMark
from qa.models import AnswerDoubt, Question
from qa.selectors.lists import MAX_PINNED
from tests.factories import (
    AnswerFactory,
    MemberFactory,
    MembershipFactory,
    PurchaseFamilyFactory,
    QuestionFactory,
    SpaceFactory,
    TagFactory,
    TerritoryFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
LIST = "/questions/"


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def titles(response) -> list[str]:
    return [row["title"] for row in response.context["rows"]]


def listed(client, question, **query) -> bool:
    return any(row["pk"] == question.pk for row in client.get(LIST, query).context["rows"])


@pytest.mark.parametrize("path", ["", "?famille=restauration&espace=reseau&mot-cle=b%C3%A9ton&moi=miens&tri=utiles"])
def test_queries_do_not_grow_with_the_list(path):
    family = PurchaseFamilyFactory(slug="restauration")
    space = SpaceFactory(slug="reseau", private=True)
    tag = TagFactory(name="béton")
    member = MembershipFactory(space=space).member
    member.families_followed.add(family)
    client = signed_in(member)
    counts, made = {}, 0
    for length in (1, 3, 100):
        for _rank in range(length - made):
            question = QuestionFactory(family=family, space=space, naming="anonymous")
            question.tags.add(tag)
        made = length
        client.get(LIST + path)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(LIST + path)
        assert len(response.context["rows"]) == min(length, 20)
        counts[length] = len(captured)
    assert len(set(counts.values())) == 1, counts
    assert max(counts.values()) <= MOST_QUERIES, counts


def test_each_filter_keeps_what_it_says_and_leaves_the_rest(indexed):
    member = MemberFactory()
    client = signed_in(member)
    parent = PurchaseFamilyFactory(slug="restauration")
    child = PurchaseFamilyFactory(slug="cantine", parent=parent)
    theme = ThemeFactory(code="gouvernance")
    region = TerritoryFactory(code="R53", kind="region")
    departement = TerritoryFactory(code="29", parent=region)
    tag = TagFactory(name="réemploi")
    space = SpaceFactory(slug="reseau")
    member.families_followed.add(parent)
    other = AnswerFactory(question=QuestionFactory(title="Autre chose", kind="discussion")).question
    kept = {
        "famille=restauration": QuestionFactory(family=child),
        "theme=gouvernance": QuestionFactory(theme=theme),
        "type=annonce": QuestionFactory(kind="announcement"),
        "etape=execution": QuestionFactory(stage="execution"),
        "territoire=R53": QuestionFactory(territory=departement),
        "espace=reseau": QuestionFactory(space=space),
        "q=introuvable": QuestionFactory(title="Un mot introuvable ailleurs"),
        "vue=sans-reponse": QuestionFactory(),
        "vue=a-resoudre": QuestionFactory(),
        "vue=miennes": QuestionFactory(author=member),
        "moi=miens": QuestionFactory(family=child),
        "moi=repondre": QuestionFactory(family=child),
        "vue=suivies": QuestionFactory(),
        "vue=nouveautes": QuestionFactory(),
        "vue=resolues": QuestionFactory(),
        "vue=a-verifier": QuestionFactory(),
        "mot-cle=r%C3%A9emploi": QuestionFactory(),
        "mot-cle=REEMPLOI": QuestionFactory(),
    }
    for address in ("mot-cle=r%C3%A9emploi", "mot-cle=REEMPLOI"):
        kept[address].tags.add(tag)
    Subscription.objects.create(member=member, kind="question", object_id=kept["vue=suivies"].pk, level="all")
    accepted = AnswerFactory(question=kept["vue=resolues"])
    Question.objects.filter(pk=accepted.question_id).update(accepted_answer=accepted, accepted_at=timezone.now())
    doubted = AnswerFactory(question=kept["vue=a-verifier"], doubt_count=1)
    AnswerDoubt.objects.create(answer=doubted, member=member, reason="Le seuil a changé.")
    ReadMark.objects.create(member=member, kind="question", object_id=other.pk, position=2)
    indexed()
    for address, question in kept.items():
        rows = [row["pk"] for row in client.get(f"{LIST}?{address}").context["rows"]]
        assert question.pk in rows, address
        assert other.pk not in rows, address


def test_unread_shows_threads_opened_before_and_continued_since():
    member = MemberFactory()
    client = signed_in(member)
    question, untouched = QuestionFactory(), QuestionFactory()
    ReadMark.objects.create(member=member, kind="question", object_id=question.pk, position=1)
    assert titles(client.get(LIST, {"vue": "non-lus"})) == []
    AnswerFactory(question=question)
    rows = client.get(LIST, {"vue": "non-lus"}).context["rows"]
    assert [(row["pk"], row["unread"]) for row in rows] == [(question.pk, 1)]
    assert not listed(client, untouched, vue="non-lus")


@pytest.mark.parametrize("sort", ["activite", "date", "besoin", "utiles"])
def test_pages_hold_still_while_threads_arrive(client, sort):
    for rank in range(45):
        QuestionFactory(same_need_count=rank % 3, useful_count=rank % 5)
    seen, url = [], f"{LIST}?tri={sort}"
    while url:
        response = client.get(url)
        seen += [row["pk"] for row in response.context["rows"]]
        QuestionFactory(same_need_count=9, useful_count=9)
        url = LIST + response.context["next_url"] if response.context["next_url"] else ""
    first = set(Question.objects.order_by("pk").values_list("pk", flat=True)[:45])
    assert len(seen) == len(set(seen))
    assert set(seen) >= first
    back = client.get(LIST + response.context["previous_url"])
    assert [row["pk"] for row in back.context["rows"]] == seen[20:40]


@pytest.mark.parametrize("cursor", ["x", "WyIyMDI2IiwxXQ", "W251bGwsbnVsbF0", "=" * 900, "é", "\x00"])
def test_a_hostile_cursor_gives_the_first_page(client, cursor):
    question = QuestionFactory()
    assert listed(client, question, apres=cursor, avant=cursor)


@pytest.mark.parametrize(
    "query", ["famille=x", "theme=x", "type=x", "etape=x", "vue=x", "tri=x", "moi=miens", "vue=miennes"]
)
def test_a_word_that_means_nothing_is_left_out(client, query):
    question = QuestionFactory()
    assert question.pk in [row["pk"] for row in client.get(f"{LIST}?{query}").context["rows"]]


def test_what_cannot_be_seen_filters_like_what_is_not():
    member = MemberFactory()
    client = signed_in(member)
    space = SpaceFactory(slug="prive", private=True, name="Cercle fermé")
    secret = TagFactory(name="dossier-secret")
    QuestionFactory(space=space).tags.add(secret)
    for name, forbidden, absent in (("espace", "prive", "aucun"), ("mot-cle", "dossier-secret", "dossier-absent")):
        pages = [client.get(LIST, {name: value}).content.decode() for value in (forbidden, absent)]
        plain = [
            re.sub(r'csrfmiddlewaretoken" value="\w+', "", page.replace(value, "…"))
            for page, value in zip(pages, (forbidden, absent), strict=True)
        ]
        assert plain[0] == plain[1]


@pytest.mark.parametrize("role", ["guest", "member", "moderator", "owner"])
def test_members_of_a_private_space_list_it_and_others_do_not(role):
    space = SpaceFactory(private=True)
    question = QuestionFactory(space=space)
    assert listed(signed_in(MembershipFactory(space=space, role=role).member), question)
    assert not listed(signed_in(MemberFactory()), question)
    assert not listed(Client(), question)


def test_announcements_stand_above_until_their_end(client):
    ended = QuestionFactory(kind="announcement", pinned_until=timezone.now() - timezone.timedelta(days=1))
    pinned = QuestionFactory(
        kind="announcement",
        pinned_until=timezone.now() + timezone.timedelta(days=1),
        created_at=timezone.now() - timezone.timedelta(days=90),
    )
    QuestionFactory()
    rows = client.get(LIST).context["rows"]
    assert rows[0]["pk"] == pinned.pk and rows[0]["announcement"]
    assert [row["pk"] for row in rows].count(pinned.pk) == 1
    assert [row["announcement"] for row in rows if row["pk"] == ended.pk] == [False]


def test_many_announcements_leave_room_for_the_list(client):
    for _rank in range(MAX_PINNED + 2):
        QuestionFactory(kind="announcement", pinned_until=timezone.now() + timezone.timedelta(days=1))
    for _rank in range(25):
        QuestionFactory()
    response = client.get(LIST)
    assert sum(row["announcement"] for row in response.context["rows"]) == MAX_PINNED
    assert response.context["next_url"]


def test_an_anonymous_author_is_not_named_in_lists(client):
    author = MemberFactory(last_name="Introuvable")
    QuestionFactory(author=author, naming="anonymous")
    html = client.get(LIST).content.decode()
    assert "Introuvable" not in html and author.public_id not in html


def test_short_addresses_of_keywords_take_accents_and_slashes(client):
    assert client.get("/questions/mot-cle/état civil/").headers["Location"] == "/questions/?mot-cle=%C3%A9tat+civil"
    tag = TagFactory(name="CCAG/FCS")
    question = QuestionFactory()
    question.tags.add(tag)
    response = client.get("/questions/mot-cle/CCAG/FCS/", follow=True)
    assert [row["pk"] for row in response.context["rows"]] == [question.pk]


@pytest.mark.parametrize("viewer", ["visitor", "member"])
@pytest.mark.parametrize("order", ["activite", "date", "besoin", "utiles"])
def test_a_common_tag_lists_the_same_threads_as_a_rare_one(monkeypatch, viewer, order):
    tag, client = TagFactory(name="béton"), Client() if viewer == "visitor" else signed_in(MemberFactory())
    tagged = [QuestionFactory() for _rank in range(4)] + [QuestionFactory(space=SpaceFactory(private=True))]
    QuestionFactory()
    for question in tagged:
        question.tags.add(tag)
    found = []
    for threshold in (5, 4):
        cache.clear()
        monkeypatch.setattr("qa.selectors.lists.COMMON_TAG", threshold)
        response = client.get(LIST, {"mot-cle": "béton", "tri": order, "fois": threshold})
        assert response.context["form"].filters.is_common_tag is (threshold == 4)
        found.append(titles(response))
    assert found[0] == found[1]
    assert len(found[0]) == 4
