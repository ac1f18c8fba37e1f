"""What the views that write about posts have in common."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from community.core import contents
from community.core.addresses import address
from community.core.errors import Refused
from community.core.form_pages import add_refusal, render_form
from qa.addresses import answer_url, comment_url, question_url
from qa.models import Answer, Comment, Question


def post_url(post) -> str:
    if isinstance(post, Question):
        return question_url(post)
    if isinstance(post, Answer):
        return answer_url(post)
    return comment_url(post) if isinstance(post, Comment) else contents.kind_of(post).url(post)


def thread_place(post) -> dict[str, str]:
    """The first step of the path to a page about the post, and the title of where it stands."""
    if not isinstance(post, Question | Answer | Comment):
        kind = contents.kind_of(post)
        return {"list": kind.label, "list_url": "", "title": kind.title(post)}
    question = post if isinstance(post, Question) else post.question
    return {"list": gettext("Questions"), "list_url": address("question_list"), "title": question.title}


@dataclass(frozen=True, kw_only=True)
class ActPage:
    """The page that asks something before an act on a post; `danger` for what cannot be undone."""

    title: str
    submit: str
    lede: str = ""
    danger: bool = False


def ask_before(
    request: HttpRequest,
    post,
    page: ActPage,
    form: forms.Form,
    act: Callable[[], HttpResponse],
) -> HttpResponse:
    """Shows the page, or runs the act once its form is right; a refusal comes back with the text kept."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            return act()
        except Refused as caught:
            refusal = caught
            add_refusal(form, refusal)
    context = {
        "page": page,
        "place": thread_place(post),
        "excerpt": excerpt_of(post),
        "author": contents.kind_of(post).displayed_author(post),
        "back_url": post_url(post),
    }
    return render_form(request, "qa/post_act.html", context, form, refusal)


def excerpt_of(post) -> str:
    if not isinstance(post, Answer | Comment):
        return contents.kind_of(post).title(post)
    return (post.plain_text if isinstance(post, Comment) else post.body_text)[:280]
