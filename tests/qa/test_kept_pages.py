"""Visitors' pages are kept, and never given once what they show is no longer theirs to see."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.core.references import record_references
from qa.addresses import question_url
from qa.models import Question
from tests.factories import AnswerFactory, MemberFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db


def bump(question, **changes):
    Question.objects.filter(pk=question.pk).update(version=question.version + 1, **changes)


def hide(question):
    Question.objects.filter(pk=question.pk).update(hidden_at=timezone.now())


def delete(question):
    Question.objects.filter(pk=question.pk).update(deleted_at=timezone.now())


def embargo(question):
    Question.objects.filter(pk=question.pk).update(state="embargoed")


def close_space(question):
    type(question.space).objects.filter(pk=question.space_id).update(visibility="private")


def test_the_second_visit_costs_one_small_query(client):
    question = QuestionFactory()
    AnswerFactory(question=question)
    first = client.get(question_url(question))
    with CaptureQueriesContext(connection) as captured:
        second = client.get(question_url(question))
    assert second.content == first.content
    assert len(captured) == 1
    assert "X-Frame-Options" in second.headers and "Content-Security-Policy" in second.headers


@pytest.mark.parametrize("path", ["thread", "list"])
@pytest.mark.parametrize("evict", [hide, delete, embargo, close_space])
def test_what_is_withdrawn_leaves_kept_pages_at_once(client, path, evict):
    question = QuestionFactory(space=SpaceFactory(), title="Une question qui disparaît")
    QuestionFactory()
    url = question_url(question) if path == "thread" else "/questions/"
    assert question.title in client.get(url).content.decode()
    etag = client.get(url).headers["ETag"]
    evict(question)
    again = client.get(url, headers={"If-None-Match": etag})
    assert question.title not in again.content.decode()
    assert again.status_code == (404 if path == "thread" else 200)


def test_a_new_version_is_shown_at_once(client):
    question = QuestionFactory()
    client.get(question_url(question))
    AnswerFactory(question=question, body="Une réponse toute fraîche.")
    bump(question)
    assert "toute fraîche" in client.get(question_url(question)).content.decode()


def test_a_thread_that_moves_up_is_shown_at_once_in_the_list(client):
    QuestionFactory()
    client.get("/questions/")
    fresh = QuestionFactory(title="Une question toute fraîche")
    assert fresh.title in client.get("/questions/").content.decode()


def test_a_kept_page_forgets_the_title_of_a_linked_thread_that_was_hidden(client):
    linked = QuestionFactory(title="Une question citée")
    question = QuestionFactory()
    record_references(kind="question", pk=question.pk, paths=[question_url(linked)], text="")
    assert linked.title in client.get(question_url(question)).content.decode()
    hide(linked)
    assert linked.title not in client.get(question_url(question)).content.decode()


def test_a_kept_list_forgets_the_name_of_a_space_that_turned_private(client):
    space = SpaceFactory(name="Réseau des Trois-Vallées")
    QuestionFactory()
    assert space.name in client.get("/questions/").content.decode()
    type(space).objects.filter(pk=space.pk).update(visibility="private")
    assert space.name not in client.get("/questions/").content.decode()


def test_kept_pages_are_given_to_nobody_who_has_a_session(client):
    question = QuestionFactory()
    client.get(question_url(question))
    member = Client()
    member.force_login(MemberFactory())
    response = member.get(question_url(question))
    assert "csrfmiddlewaretoken" in response.content.decode()
    assert "ETag" not in response.headers


def test_a_visitors_page_carries_neither_token_nor_nonce(client):
    question = QuestionFactory()
    AnswerFactory(question=question)
    for url in (question_url(question), "/questions/"):
        response = client.get(url)
        assert b"csrfmiddlewaretoken" not in response.content
        assert b" nonce=" not in response.content
        assert "Set-Cookie" not in response.headers


def test_an_unchanged_page_is_answered_in_a_word(client):
    question = QuestionFactory()
    etag = client.get(question_url(question)).headers["ETag"]
    response = client.get(question_url(question), headers={"If-None-Match": etag})
    assert response.status_code == 304
    assert response.content == b""


def test_absent_and_forbidden_answer_the_same_to_any_etag(client):
    private = QuestionFactory(space=SpaceFactory(private=True))
    answers = [
        client.get(f"/questions/{pk}/", headers={"If-None-Match": "*"}) for pk in (private.pk, private.pk + 1_000)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert all("ETag" not in answer.headers for answer in answers)
