"""Commenting: where, how long, by whom, and what a comment may become."""

import pytest
from django.core.exceptions import PermissionDenied

from community.core.errors import Invalid
from community.core.events import CommentPosted
from qa import limits
from qa.actions.comment import delete_comment, edit_comment, post_comment, promote_comment
from qa.models import Comment
from tests.factories import (
    QuestionFactory,
)

pytestmark = pytest.mark.django_db

DAY_LONG = limits.DAY
TITLE = "Comment peser le critère environnemental ?"


@pytest.fixture(autouse=True)
def no_pace(monkeypatch):
    """Tests post faster than hands do; the pace has its own test."""
    for name in ("ANSWER_PACE", "COMMENT_PACE"):
        limit = getattr(limits, name)
        monkeypatch.setattr(limits, name, type(limit)(limit.name, times=1000, seconds=limit.seconds))


def test_a_comment_is_counted_where_it_stands(place, emitted):
    under_answer = post_comment(question=place.question, answer=place.answer, actor=place.member, text="Une remarque.")
    under_question = post_comment(question=place.question, actor=place.member, text="Une autre.")
    place.answer.refresh_from_db()
    place.question.refresh_from_db()
    assert (place.answer.comment_count, place.question.comment_count) == (2, 1)
    assert emitted == [
        CommentPosted(comment_id=under_answer.pk, question_id=place.question.pk),
        CommentPosted(comment_id=under_question.pk, question_id=place.question.pk),
    ]


@pytest.mark.parametrize("text", ["", " \n", "x" * 601])
def test_a_comment_has_one_to_six_hundred_characters(place, text):
    with pytest.raises(Invalid) as caught:
        post_comment(question=place.question, actor=place.member, text=text)
    assert caught.value.field == "text"


def test_a_comment_stands_under_an_answer_of_its_own_thread(place):
    other = QuestionFactory(space=place.space)
    with pytest.raises(Invalid):
        post_comment(question=other, answer=place.answer, actor=place.member, text="Une remarque.")


def test_a_comment_is_rewritten_by_its_author_only(place):
    for role in ("asker", "moderator", "owner", "staff"):
        with pytest.raises(PermissionDenied):
            edit_comment(comment=place.comment, actor=getattr(place, role), text="Autre chose.")
    edited = edit_comment(comment=place.comment, actor=place.author, text="Autre chose.")
    assert (edited.text, edited.edited_at is not None) == ("Autre chose.", True)


@pytest.mark.parametrize(
    ("role", "allowed"), [("author", True), ("moderator", True), ("member", False), ("staff", False)]
)
def test_who_deletes_a_comment(place, role, allowed):
    if not allowed:
        with pytest.raises(PermissionDenied):
            delete_comment(comment=place.comment, actor=getattr(place, role))
        return
    delete_comment(comment=place.comment, actor=getattr(place, role))
    assert Comment.objects.get(pk=place.comment.pk).deleted_at is not None
    place.answer.refresh_from_db()
    assert place.answer.comment_count == 0


def test_a_comment_becomes_an_answer_of_the_same_author(place):
    answer = promote_comment(comment=place.comment, actor=place.moderator)
    place.comment.refresh_from_db()
    place.question.refresh_from_db()
    place.answer.refresh_from_db()
    assert answer.author == place.comment.author
    assert answer.created_at == place.comment.created_at
    assert answer.body_text == place.comment.text
    assert place.comment.became_answer == answer
    assert place.comment.deleted_at is not None
    assert (place.question.answer_count, place.answer.comment_count) == (2, 0)
    with pytest.raises(PermissionDenied):
        promote_comment(comment=place.comment, actor=place.moderator)
