from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.core.errors import Refused, TooOften


def render_form(request: HttpRequest, template: str, context: dict, *, refusal: Refused | None = None) -> HttpResponse:
    """The page of a form: 200 the first time, otherwise what the refusal, or the form's own errors, say."""
    status = refusal.status if refusal else 422 if context["form"].errors else 200
    response = render(request, template, context, status=status)
    if isinstance(refusal, TooOften):
        response["Retry-After"] = str(refusal.retry_after)
    return response
