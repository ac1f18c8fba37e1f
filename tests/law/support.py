"""What the tests of the law say often."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.core.references import record_references
from community.moderation.models import ReviewItem
from tests.factories import AnswerFactory, QuestionFactory


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def citing(words: str, **fields):
    answer = AnswerFactory(question=QuestionFactory(**fields), body=f"Relisez {words} avant de publier.")
    record_references(kind="answer", pk=answer.pk, paths=(), text=answer.body_text)
    return answer


def item_of(answer) -> ReviewItem:
    return ReviewItem.objects.get(kind="answer", object_id=answer.pk)


def queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
