from django.http import Http404
from django.shortcuts import get_object_or_404

from community.core.sight import PreparedSight

from ..models import Answer, Comment, Question


def _question_seen_by(viewer, pk: int):
    return Question.objects.visible_to(viewer).select_related("space", "family__parent").filter(pk=pk)


_question = PreparedSight(_question_seen_by)


def get_question_or_404(viewer, pk: int) -> Question:
    found = _question.rows(viewer, pk=pk)
    if not found:
        raise Http404
    return found[0]


def get_answer_or_404(viewer, pk: int, *, question_pk: int | None = None) -> Answer:
    """With `question_pk`, an answer of that thread: under another one it is absent."""
    answers = Answer.objects.visible_to(viewer).select_related("question__space", "question__family__parent")
    if question_pk is not None:
        answers = answers.filter(question=question_pk)
    return get_object_or_404(answers, pk=pk)


def get_comment_place_or_404(viewer, pk: int, *, question_pk: int) -> Comment:
    """Where a comment of that thread stands, or stood before it was deleted: nothing of it is read but that."""
    placed = Comment.objects.placed_for(viewer).filter(question=question_pk)
    return get_object_or_404(placed.only("question", "answer"), pk=pk)


def get_comment_or_404(viewer, pk: int, *, question_pk: int | None = None) -> Comment:
    comments = Comment.objects.visible_to(viewer).select_related("question__space", "answer")
    if question_pk is not None:
        comments = comments.filter(question=question_pk)
    return get_object_or_404(comments, pk=pk)
