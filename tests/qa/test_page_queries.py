"""A whole page, through the middleware, for a member with news of every kind: its queries keep to their budget."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.notifications.models import Notification
from community.reading.models import ReadMark
from qa.addresses import question_url
from tests.factories import (
    AnswerFactory,
    CommentFactory,
    MemberFactory,
    MembershipFactory,
    QuestionFactory,
    SpaceFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db

MOST_OF_A_LIST, MOST_OF_A_THREAD = 12, 15


def place(threads: int):
    """A member of a space, with unread posts and unseen notifications about a question, an answer and a comment."""
    space = SpaceFactory()
    member = MembershipFactory(space=space, member=MemberFactory()).member
    tag = TagFactory()
    for _number in range(threads):
        question = QuestionFactory(space=space)
        question.tags.add(tag)
        answer = AnswerFactory(question=question)
        comment = CommentFactory(question=question, answer=answer)
        ReadMark.objects.create(member=member, kind="question", object_id=question.pk, position=1)
        for kind, target in (("question", question), ("answer", answer), ("comment", comment)):
            Notification.objects.create(
                member=member,
                reason="answer_posted",
                subject_kind="question",
                subject_id=question.pk,
                target_kind=kind,
                target_id=target.pk,
            )
    return member, question


def queries_of(member, url: str) -> int:
    client = Client()
    client.force_login(member)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("view", ["", "?vue=non-lus", "?vue=a-resoudre", "?tri=utiles"])
def test_a_list_keeps_to_its_budget_whatever_waits_in_the_bell(view):
    counts = [queries_of(place(threads)[0], f"{reverse('question_list')}{view}") for threads in (1, 3, 15)]
    assert max(counts) <= MOST_OF_A_LIST
    assert counts[0] == counts[-1]


def test_a_thread_keeps_to_its_budget_whatever_waits_in_the_bell():
    counts = []
    for threads in (1, 3, 15):
        member, question = place(threads)
        # Another thread's news stays unseen while this one is read.
        queries_of(member, question_url(question))
        counts.append(queries_of(member, question_url(question)))
    assert max(counts) <= MOST_OF_A_THREAD
    # The one thread that was told of was read by the first visit: the bell then has nothing to check.
    assert counts[1] == counts[-1]
