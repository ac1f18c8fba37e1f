from django.http import Http404
from django.shortcuts import get_object_or_404

from community.core.prepared import Prepared

from ..models import Answer, Comment, Question
from .reader import is_on_the_clock, number_of, reader_like, shape_of


def _question_seen_by(viewer, pk: int):
    return Question.objects.visible_to(viewer).select_related("space", "family__parent").filter(pk=pk)


_question = Prepared(
    lambda signed_in, is_verified, pk, viewer=None: _question_seen_by(reader_like(signed_in, is_verified, viewer), pk)
)


def get_question_or_404(viewer, pk: int) -> Question:
    if is_on_the_clock(viewer):
        found = list(_question_seen_by(viewer, pk))
    else:
        found = _question.rows(*shape_of(viewer), ids=None, pk=pk, **number_of(viewer))
    if not found:
        raise Http404
    return found[0]


def get_answer_or_404(viewer, pk: int, *, question_pk: int | None = None) -> Answer:
    """With `question_pk`, an answer of that thread: under another one it is absent."""
    answers = Answer.objects.visible_to(viewer).select_related("question__space", "question__family__parent")
    if question_pk is not None:
        answers = answers.filter(question=question_pk)
    return get_object_or_404(answers, pk=pk)


def get_comment_or_404(viewer, pk: int, *, question_pk: int | None = None) -> Comment:
    comments = Comment.objects.visible_to(viewer).select_related("question__space", "answer")
    if question_pk is not None:
        comments = comments.filter(question=question_pk)
    return get_object_or_404(comments, pk=pk)
