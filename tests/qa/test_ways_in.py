"""Acts of a thread that have their button, shown to those who may and to nobody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qa.actions.duplicate import mark_duplicate
from qa.addresses import question_url
from qa.models import Comment
from tests.factories import AnswerFactory, CommentFactory, MemberFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def shown(client, question, who) -> str:
    client.force_login(who)
    return client.get(question_url(question)).content.decode()


@pytest.mark.parametrize("role", ["asker", "moderator", "member"])
@pytest.mark.parametrize("closed_by", ["asker", "moderator"])
def test_two_questions_are_taken_apart_by_who_brought_them_together_or_by_the_moderators(
    client, place, role, closed_by
):
    original = QuestionFactory(space=place.space)
    mark_duplicate(question=place.question, original=original, actor=getattr(place, closed_by))
    address = reverse("question_unduplicate", args=[place.question.pk])
    offered = address in shown(client, place.question, getattr(place, role))
    assert offered is (role == "moderator" or role == closed_by)
    answer = client.post(address)
    place.question.refresh_from_db()
    assert (place.question.duplicate_of_id is None) is offered
    assert answer.status_code == (302 if offered else 409 if role == "asker" else 403)
    if offered:
        assert "Rouvrir l’échange" not in shown(client, place.question, getattr(place, role))


@pytest.mark.parametrize("role", ["asker", "author", "member", "moderator", "owner"])
def test_moderators_hide_and_restore_a_comment_from_the_thread(client, place, role):
    hide, restore = (reverse(name, args=[place.comment.pk]) for name in ("comment_hide", "comment_restore"))
    runs = role in {"moderator", "owner"}
    assert (hide in shown(client, place.question, getattr(place, role))) is runs
    Comment.objects.update(hidden_at=timezone.now())
    page = shown(client, place.question, getattr(place, role))
    assert (restore in page) is runs
    assert hide not in page


@pytest.mark.parametrize("naming", ["name", "kind", "anonymous"])
@pytest.mark.parametrize("role", ["staff", "member", "author"])
def test_staff_is_led_to_the_lifting_of_an_anonymity(client, naming, role):
    author = MemberFactory()
    question = QuestionFactory(author=author, naming=naming)
    answer = AnswerFactory(question=question, author=author, naming=naming)
    comment = CommentFactory(question=question, author=author, naming=naming)
    question.comment_count = 1
    question.save()
    who = author if role == "author" else MemberFactory(staff=role == "staff")
    page = shown(client, question, who)
    for kind, post in (("question", question), ("answer", answer), ("comment", comment)):
        led = reverse("anonymity_lift", args=[kind, post.pk]) in page
        assert led is (role == "staff" and naming == "anonymous")
