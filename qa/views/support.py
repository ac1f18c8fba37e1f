"""What the views that write have in common: one way to say that it is done, and one to give a form back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from community.core.errors import Invalid, Refused, TooOften
from community.core.uploads.actions import store_upload
from qa.addresses import answer_url, comment_url, question_url
from qa.display import displayed_author
from qa.forms.fields import MAX_FILES
from qa.models import Answer, Comment, Question


def post_url(post: Question | Answer | Comment) -> str:
    if isinstance(post, Question):
        return question_url(post)
    return answer_url(post) if isinstance(post, Answer) else comment_url(post)


def done(request: HttpRequest, url: str, message: str, *, draft: str = "") -> HttpResponse:
    """Says it, and goes there; `draft` names the text that arrived, so that the browser forgets its copy."""
    messages.success(request, message, extra_tags=draft)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def sent(request: HttpRequest):
    """The posted values, if the form was posted: an empty post is a form to mend, not a form to show."""
    return request.POST if request.method == "POST" else None


def status_of(form: forms.Form, refusal: Refused | None = None) -> int:
    if refusal is not None:
        return refusal.status
    return 422 if form.is_bound and form.errors else 200


def add_refusal(form: forms.Form, refusal: Refused) -> None:
    """The sentence of a refusal, at its field when the form has it."""
    field = getattr(refusal, "field", None)
    form.add_error(field if field in form.fields else None, refusal.message)


def render_form(
    request: HttpRequest, template: str, context: dict, form: forms.Form, refusal: Refused | None = None
) -> HttpResponse:
    """A form given back keeps its text: 422 when it is to be mended, 409 when things changed, 429 when too soon."""
    response = render(request, template, {**context, "form": form}, status=status_of(form, refusal))
    if isinstance(refusal, TooOften):
        response["Retry-After"] = str(refusal.retry_after)
    return response


def with_stored_files(request: HttpRequest, data: Any, *, field: str = "body") -> tuple[Any, list[str]]:
    """The posted values with the files of a form without JavaScript stored and their links put at the end of the text;
    and what was wrong with the others. The text alone then carries the form from page to page.
    """
    errors = []
    files = request.FILES.getlist("files")
    if len(files) > MAX_FILES:
        errors.append(_("Joignez au plus %(count)d fichiers à la fois.") % {"count": MAX_FILES})
    for uploaded in files[:MAX_FILES]:
        try:
            attachment = store_upload(actor=request.user, uploaded_file=uploaded)
        except (Invalid, TooOften) as refusal:
            errors.append(f"{uploaded.name[:80]}\u00a0: {refusal.message}")
        else:
            data[field] = f"{data.get(field, '').rstrip()}\n\n{attachment.markdown}\n"
    return data, errors


@dataclass(frozen=True, kw_only=True)
class ActPage:
    """The page that asks something before an act on a post; `danger` for what cannot be undone."""

    title: str
    submit: str
    lede: str = ""
    danger: bool = False


def ask_before(
    request: HttpRequest,
    post: Question | Answer | Comment,
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
    question = post if isinstance(post, Question) else post.question
    context = {
        "page": page,
        "question": question,
        "excerpt": excerpt_of(post),
        "author": displayed_author(post),
        "back_url": post_url(post),
    }
    return render_form(request, "qa/post_act.html", context, form, refusal)


def excerpt_of(post: Question | Answer | Comment) -> str:
    if isinstance(post, Question):
        return post.title
    return (post.plain_text if isinstance(post, Comment) else post.body_text)[:280]
