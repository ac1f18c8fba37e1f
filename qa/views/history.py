from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..addresses import question_url
from ..models import Answer, Question
from ..selectors import get_answer_or_404, get_question_or_404
from ..selectors.history import versions_of
from .thread import position_url


@login_not_required
@require_safe
def question_history(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_question_or_404(request.user, pk)
    return history_page(request, question, question, question_url(question))


@login_not_required
@require_safe
def answer_history(request: HttpRequest, pk: int) -> HttpResponse:
    answer = get_answer_or_404(request.user, pk)
    return history_page(request, answer, answer.question, position_url(answer.question, answer.position))


def history_page(request: HttpRequest, post: Question | Answer, question: Question, url: str) -> HttpResponse:
    page = versions_of(post, question, viewer=request.user, before=request.GET.get("avant", ""))
    context = {
        "question": question,
        "is_answer": post is not question,
        "post_url": url,
        "versions": page.versions,
        "older_url": f"?avant={page.older}" if page.older else "",
    }
    return render(request, "qa/post_history.html", context)
