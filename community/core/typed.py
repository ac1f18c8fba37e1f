"""A form that could not be taken for a reason foreign to its text: it is handed back, and nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
KEPT_FIELD = KEPT_COOKIE = "entraide_kept"
KEPT_SECONDS = 12 * 60 * 60
SECRET_MARKS = ("password", "csrfmiddlewaretoken", "credential", "code", KEPT_FIELD)
LONG = 80


@dataclass(frozen=True)
class TypedField:
    name: str
    value: str

    @property
    def is_long(self) -> bool:
        return len(self.value) > LONG or "\n" in self.value

    @property
    def is_words(self) -> bool:
        """Something said, such as a title, which its author wants to read again; choices are kept unseen."""
        return self.is_long or " " in self.value.strip()


@dataclass(frozen=True)
class LostFiles:
    """A field of files: a browser chooses none by itself, so the names are said beside the field."""

    name: str
    files: list[str]

    @property
    def is_many(self) -> bool:
        return len(self.files) > 1


def is_form(request: HttpRequest) -> bool:
    return request.method == "POST" and request.content_type in FORM_TYPES


def has_words(request: HttpRequest) -> bool:
    return is_form(request) and any(field.is_words for field in typed_fields(request))


def typed_fields(request: HttpRequest) -> list[TypedField]:
    """What was typed, secrets left out. Django's own caps (bytes, number of fields) bound it."""
    return [
        TypedField(name=name, value=value)
        for name in request.POST
        if not any(mark in name.lower() for mark in SECRET_MARKS)
        for value in request.POST.getlist(name)
    ]


def lost_files(request: HttpRequest) -> list[LostFiles]:
    """Django's own cap on the files of a form bounds it."""
    return [
        LostFiles(name=name, files=[(sent.name or "")[:LONG] for sent in request.FILES.getlist(name)])
        for name in request.FILES
    ]


def comes_from_this_site(request: HttpRequest) -> bool:
    """The browser says so itself: another site cannot forge these headers, so it cannot have its text handed back."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(origin)
    own = {f"{'https' if request.is_secure() else 'http'}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return f"{parts.scheme}://{parts.netloc}" in own


def hand_back(request: HttpRequest, *, status: int, refusal: str = "") -> HttpResponse:
    """A page that keeps the whole form in a form to the same address, and takes it at the first click: signing in
    changes the CSRF token, so a ticket of its own, good for this address and this browser, stands in for it.

    `refusal`: what was refused and how to go on, when that is why.
    """
    get_token(request)
    nonce = get_random_string(32)
    signed_in = request.user.is_authenticated
    login = f"{reverse('account_login')}?{urlencode({'next': reverse('session_restored')})}"
    fields = typed_fields(request)
    context = {
        "fields": fields,
        "refusal": refusal,
        "others": sum(1 for field in fields if field.value and not field.is_words),
        "kept_field": KEPT_FIELD,
        "ticket": signing.dumps([nonce, request.path], salt=KEPT_FIELD),
        "lost": lost_files(request),
        "action": request.get_full_path(),
        "signed_in": signed_in,
        "login_address": login,
    }
    response = render(request, "form_kept.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response.set_cookie(
        KEPT_COOKIE,
        nonce,
        max_age=KEPT_SECONDS,
        path=escape_uri_path(request.path),
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def is_kept_form(request: HttpRequest) -> bool:
    """A form that we handed back to this browser for this address, sent from our own page."""
    nonce = request.COOKIES.get(KEPT_COOKIE, "")
    if not nonce or not is_form(request) or not comes_from_this_site(request):
        return False
    try:
        ticket = signing.loads(request.POST.get(KEPT_FIELD, ""), salt=KEPT_FIELD, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return False
    return constant_time_compare(nonce, ticket[0]) and ticket[1] == request.path


class KeptFormMiddleware:
    """Before Django's CSRF check: a form handed back is taken once, whatever token signing in gave since."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "was_kept_form", False) and KEPT_COOKIE not in response.cookies:
            response.delete_cookie(KEPT_COOKIE, path=escape_uri_path(request.path), samesite="Strict")
        return response

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> None:
        if KEPT_COOKIE in request.COOKIES and is_kept_form(request):
            request.was_kept_form = True
            request.csrf_processing_done = True
