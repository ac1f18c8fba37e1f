"""A form that could not be taken for a reason foreign to its text: it is handed back, and nothing typed is lost."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
SECRET_MARKS = ("password", "csrfmiddlewaretoken", "credential", "code")
LONG = 80


@dataclass(frozen=True)
class TypedField:
    name: str
    value: str

    @property
    def is_long(self) -> bool:
        return len(self.value) > LONG or "\n" in self.value


def is_form(request: HttpRequest) -> bool:
    return request.method == "POST" and request.content_type in FORM_TYPES


def typed_fields(request: HttpRequest) -> list[TypedField]:
    """What was typed, secrets left out. Django's own caps (bytes, number of fields) bound it."""
    return [
        TypedField(name=name, value=value)
        for name in request.POST
        if not any(mark in name.lower() for mark in SECRET_MARKS)
        for value in request.POST.getlist(name)
    ]


def comes_from_this_site(request: HttpRequest) -> bool:
    """The browser says so itself: another site cannot forge these headers, so it cannot have its text handed back."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(origin)
    own = {f"{'https' if request.is_secure() else 'http'}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return f"{parts.scheme}://{parts.netloc}" in own


def hand_back(request: HttpRequest, *, status: int) -> HttpResponse:
    """A page that keeps the text in a form to the same address, with a token of today."""
    get_token(request)
    signed_in = request.user.is_authenticated
    login = f"{reverse('account_login')}?{urlencode({'next': reverse('session_restored')})}"
    context = {
        "fields": typed_fields(request),
        "had_files": bool(request.FILES),
        "action": request.get_full_path(),
        "signed_in": signed_in,
        "login_address": login,
    }
    response = render(request, "form_kept.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
