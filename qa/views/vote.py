from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from community.core.addresses import address
from qa.actions.same_need import declare_same_need, withdraw_same_need
from qa.actions.vote import mark_useful, unmark_useful
from qa.models import Answer, Question
from qa.selectors import get_question_or_404
from qa.selectors.writing import get_post_or_404

from .support import post_url


@require_POST
def vote_toggle(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """« Utile », given or taken back."""
    post = get_post_or_404(request.user, kind, pk)
    voted = mark_useful(post=post, actor=request.user) or not unmark_useful(post=post, actor=request.user)
    if not request.htmx:
        return redirect(post_url(post))
    fresh = type(post).objects.values("useful_count").get(pk=post.pk)
    row = {"vote_url": address(f"{kind}_vote", pk=post.pk), "voted": voted, "votes": fresh["useful_count"]}
    return render(request, "qa/_vote.html", {"post": row})


def question_vote(request: HttpRequest, pk: int) -> HttpResponse:
    return vote_toggle(request, Question.__name__.lower(), pk)


def answer_vote(request: HttpRequest, pk: int) -> HttpResponse:
    return vote_toggle(request, Answer.__name__.lower(), pk)


@require_POST
def same_need_toggle(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_question_or_404(request.user, pk)
    declared = declare_same_need(question=question, actor=request.user)
    if not declared:
        withdraw_same_need(question=question, actor=request.user)
    if not request.htmx:
        return redirect(post_url(question))
    count = Question.objects.values_list("same_need_count", flat=True).get(pk=question.pk)
    context = {"url": address("same_need_toggle", pk=question.pk), "count": count, "pressed": declared}
    return render(request, "components/same_need.html", context)
