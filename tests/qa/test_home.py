"""What the home page and other rooms' pages show of threads: only what their reader sees, and signed posts only."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qa.addresses import question_url
from qa.models import Question
from qa.selectors import home
from tests.factories import (
    AnswerFactory,
    MemberFactory,
    MembershipFactory,
    PurchaseFamilyFactory,
    QuestionFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db


def test_a_visitor_finds_open_questions_and_a_way_to_join(client):
    shown = QuestionFactory(title="Une question ouverte")
    reserved = QuestionFactory(title="Une question réservée", space=SpaceFactory(members_only=True))
    html = client.get("/").content.decode()
    assert shown.title in html and reserved.title not in html
    assert "Créer mon compte" in html


def test_a_visitor_reads_no_question_twice(client):
    answered = [AnswerFactory().question for _rank in range(7)]
    for question in answered:
        answer = question.answers.get()
        Question.objects.filter(pk=question.pk).update(accepted_answer=answer, accepted_at=answer.created_at)
    html = client.get("/").content.decode()
    assert [html.count(f'href="{question_url(question)}"') for question in answered] == [1] * 7


def test_a_member_finds_what_waits_in_her_families_whatever_their_depth():
    member = MemberFactory(first_name="Nadia")
    family = PurchaseFamilyFactory()
    member.families_practised.add(family)
    waiting = QuestionFactory(family=PurchaseFamilyFactory(parent=family))
    own = QuestionFactory(family=family, author=member)
    elsewhere = QuestionFactory(family=PurchaseFamilyFactory())
    answered = AnswerFactory(question=QuestionFactory(family=family)).question
    rows = [row["pk"] for row in home.unanswered_rows(member, 10)]
    assert rows == [waiting.pk]
    assert {own.pk, elsewhere.pk, answered.pk}.isdisjoint(rows)
    client = Client()
    client.force_login(member)
    assert "Bonjour Nadia" in client.get("/").content.decode()


def test_who_follows_no_family_is_told_nothing_of_hers(client):
    member = MemberFactory()
    client.force_login(member)
    html = client.get("/").content.decode()
    assert "Choisir mes familles" in html and "dans vos familles" not in html
    waiting = QuestionFactory(title="Une question qui attend")
    assert waiting.title in client.get("/").content.decode()
    member.families_followed.add(PurchaseFamilyFactory())
    assert "Rien n’attend dans vos familles" in client.get("/").content.decode()


def test_queries_of_the_home_page_do_not_grow():
    member = MemberFactory()
    family = PurchaseFamilyFactory()
    member.families_followed.add(family)
    client = Client()
    client.force_login(member)
    counts = set()
    for _round in range(2):
        for _rank in range(6):
            QuestionFactory(family=family)
        client.get("/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        counts.add(len(captured))
    assert len(counts) == 1


@pytest.mark.parametrize("naming", ["kind", "anonymous"])
def test_a_profile_lists_signed_posts_only(naming):
    author, reader = MemberFactory(), MemberFactory()
    signed = AnswerFactory(author=author)
    QuestionFactory(author=author, naming=naming)
    AnswerFactory(author=author, naming=naming)
    for viewer in (reader, author, AnonymousUser()):
        assert [each["title"] for each in home.contributions_of(viewer, author, 10)] == [signed.question.title]


def test_a_profile_lists_what_its_reader_sees():
    space = SpaceFactory(private=True)
    author = MembershipFactory(space=space).member
    question = QuestionFactory(author=author, space=space)
    AnswerFactory(author=author, hidden_at=question.created_at)
    insider = MembershipFactory(space=space).member
    assert [each["title"] for each in home.contributions_of(insider, author, 10)] == [question.title]
    assert home.contributions_of(MemberFactory(), author, 10) == []


def test_figures_count_only_what_everyone_reads():
    for space in (None, SpaceFactory(), SpaceFactory(members_only=True), SpaceFactory(private=True)):
        QuestionFactory(space=space)
        QuestionFactory(space=space, state="embargoed")
    cache.clear()
    assert home.community_figures()["questions"] == 2


def test_a_space_lists_its_own_threads_to_those_who_read_it():
    space = SpaceFactory(private=True)
    question = QuestionFactory(space=space)
    QuestionFactory()
    insider = MembershipFactory(space=space).member
    assert [row["pk"] for row in home.rows_of_space(insider, space, 10)] == [question.pk]
    assert home.rows_of_space(MemberFactory(), space, 10) == []
