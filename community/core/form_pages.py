"""What the views that write have in common: one way to say that it is done, and one to give a form back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from .errors import Refused, TooOften


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
