"""Moderators write to the author of an anonymous comment, whom nobody names."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from qa.actions.comment import delete_comment
from qa.actions.exchange import reply_in_exchange, write_to_author
from qa.addresses import question_url
from qa.models import Comment, PrivateExchange
from tests.factories import MemberFactory

from .test_handlers import told

pytestmark = pytest.mark.django_db


def as_(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def unnamed(place):
    Comment.objects.filter(pk=place.comment.pk).update(naming="anonymous")
    place.comment.refresh_from_db()
    place.start = reverse("content_exchange", args=["comment", place.comment.pk])
    return place


def test_a_moderator_writes_and_the_author_answers_without_a_name(unnamed):
    moderator, author = as_(unnamed.moderator), as_(unnamed.author)
    assert unnamed.start in moderator.get(question_url(unnamed.question)).content.decode()
    page = moderator.get(unnamed.start).content.decode()
    assert unnamed.author.last_name not in page
    assert moderator.post(unnamed.start, {"text": "Pouvez-vous préciser ?"}).status_code == 302
    exchange = PrivateExchange.objects.get()
    assert told(unnamed.author)
    read = author.get(reverse("exchange_detail", args=[exchange.pk])).content.decode()
    assert "Pouvez-vous préciser" in read and unnamed.moderator.last_name not in read
    reply_in_exchange(exchange=exchange, actor=unnamed.author, text="Oui : voici.")
    assert (
        unnamed.author.last_name not in moderator.get(reverse("exchange_detail", args=[exchange.pk])).content.decode()
    )


@pytest.mark.parametrize("role", ["asker", "member", "guest", "verified", "newcomer", "staff"])
def test_nobody_else_writes_nor_reads_it(unnamed, role):
    exchange = write_to_author(post=unnamed.comment, actor=unnamed.moderator, text="Bonjour.").exchange
    other = as_(getattr(unnamed, role))
    assert other.get(unnamed.start).status_code in (403, 404)
    assert other.get(reverse("exchange_detail", args=[exchange.pk])).status_code == 404
    assert unnamed.start not in other.get(question_url(unnamed.question)).content.decode()
    with pytest.raises(PermissionDenied):
        write_to_author(post=unnamed.comment, actor=getattr(unnamed, role), text="Bonjour.")


def test_a_signed_comment_and_a_deleted_one_have_none(unnamed):
    delete_comment(comment=unnamed.comment, actor=unnamed.author)
    assert as_(unnamed.moderator).get(unnamed.start).status_code in (403, 404)
    assert as_(MemberFactory()).get(unnamed.start).status_code == 404
    Comment.objects.filter(pk=unnamed.comment.pk).update(naming="name", deleted_at=None)
    assert as_(unnamed.moderator).get(unnamed.start).status_code == 403
