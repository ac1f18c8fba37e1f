"""What others relied on is never changed under them without a word."""

import pytest
from django.utils import timezone

from qa.actions.edit import edit_answer
from qa.models import Answer, Question
from tests.factories import AnswerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("trust", ["accepted", "endorsed", "doubted"])
def test_words_that_somebody_relied_on_are_changed_with_a_trace(trust):
    answer = AnswerFactory()
    if trust == "accepted":
        Question.objects.filter(pk=answer.question_id).update(accepted_answer=answer, accepted_at=timezone.now())
    else:
        column = {"endorsed": "endorsement_count", "doubted": "doubt_count"}[trust]
        Answer.objects.filter(pk=answer.pk).update(**{column: 1})
    answer = Answer.objects.get(pk=answer.pk)
    edit_answer(answer=answer, actor=answer.author, body=f"{answer.body} Non.")
    assert answer.revisions.count() == 2
