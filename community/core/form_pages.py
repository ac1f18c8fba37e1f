"""What the views that write have in common: one way to say that it is done, and one to give a form back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from .errors import Refused, TooOften


class TooSoon(ValidationError):
    """A rate limit met by one part of a form, such as a file of many; `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: int):
        super().__init__(message)
        self.retry_after = retry_after


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
    if wait := seconds_to_wait(form, refusal):
        response.status_code = TooOften.status
        response["Retry-After"] = str(wait)
    return response


def seconds_to_wait(form: forms.Form, refusal: Refused | None) -> int:
    """For the act that was refused, or for the part of the form that must wait longest; 0 when nothing must."""
    if refusal is not None:
        return refusal.retry_after if isinstance(refusal, TooOften) else 0
    errors = [each for field in form.errors.as_data().values() for each in field] if form.is_bound else []
    return max((each.retry_after for each in errors if isinstance(each, TooSoon)), default=0)
