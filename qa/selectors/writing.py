"""Objects that only the views that write need, through the one who looks."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from community.core import contents
from qa.models import Answer, AnswerDoubt, Comment, PostRevision, PrivateExchange, Question
from qa.permissions import can_hide

from .posts import get_answer_or_404, get_comment_or_404, get_question_or_404

GETTERS: dict[str, Callable[[Any, int], Any]] = {
    "question": get_question_or_404,
    "answer": get_answer_or_404,
    "comment": get_comment_or_404,
}


def get_post_or_404(viewer, kind: str, pk: int) -> Question | Answer | Comment:
    if kind not in GETTERS:
        raise Http404
    return GETTERS[kind](viewer, pk)


def get_doubt_or_404(viewer, pk: int) -> AnswerDoubt:
    doubts = AnswerDoubt.objects.filter(answer__in=Answer.objects.visible_to(viewer))
    return get_object_or_404(doubts.select_related("answer__question__space", "answer__question__family"), pk=pk)


def get_revision_or_404(viewer, pk: int) -> PostRevision:
    """A version of a post that the viewer may see; hidden, it is for those who moderate there."""
    seen = Q(question__in=Question.objects.visible_to(viewer)) | Q(answer__in=Answer.objects.visible_to(viewer))
    revisions = PostRevision.objects.filter(seen).select_related("question__space", "answer__question__space")
    revision = get_object_or_404(revisions, pk=pk)
    if revision.hidden_at is not None and not can_hide(viewer, revision.post):
        raise Http404
    return revision


def get_exchange_or_404(viewer, pk: int) -> PrivateExchange:
    exchanges = PrivateExchange.objects.visible_to(viewer)
    return get_object_or_404(exchanges.select_related("space", "question__space", "answer__question__space"), pk=pk)


def get_unnamed_or_404(viewer, name: str, pk: int):
    """A content of another room that may hide its author."""
    found = contents.find_visible(viewer, name, pk)
    if found is None or contents.get(name).hides_author is None:
        raise Http404
    return found


def exchange_about(viewer, post) -> PrivateExchange | None:
    """The one of the place where the thread stands; failing that, the last that the viewer may read."""
    found = list(PrivateExchange.objects.visible_to(viewer).about(post).order_by("-pk"))
    return next((exchange for exchange in found if exchange.is_current), next(iter(found), None))
