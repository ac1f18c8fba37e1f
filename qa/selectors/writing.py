"""Objects that only the views that write need, through the one who looks."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from qa.models import Answer, AnswerDoubt, Comment, PrivateExchange, Question

from .posts import get_answer_or_404, get_comment_or_404, get_question_or_404

GETTERS = {"question": get_question_or_404, "answer": get_answer_or_404, "comment": get_comment_or_404}


def get_post_or_404(viewer, kind: str, pk: int) -> Question | Answer | Comment:
    if kind not in GETTERS:
        raise Http404
    return GETTERS[kind](viewer, pk)


def get_doubt_or_404(viewer, pk: int) -> AnswerDoubt:
    doubts = AnswerDoubt.objects.filter(answer__in=Answer.objects.visible_to(viewer))
    return get_object_or_404(doubts.select_related("answer__question__space", "answer__question__family"), pk=pk)


def get_exchange_or_404(viewer, pk: int) -> PrivateExchange:
    exchanges = PrivateExchange.objects.visible_to(viewer)
    return get_object_or_404(exchanges.select_related("question__space", "answer__question__space"), pk=pk)


def exchange_about(viewer, post: Question | Answer) -> PrivateExchange | None:
    about = {"answer": post} if isinstance(post, Answer) else {"question": post}
    return PrivateExchange.objects.visible_to(viewer).filter(**about).first()
