"""What holds for every response: who may come in by default, and the headers of the two areas (site and /cms/)."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth import middleware as auth_middleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from .errors import Refused, TooOften
from .typed import hand_back, has_words, is_form

CMS_PREFIX = "/cms/"
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


def is_cms(request: HttpRequest) -> bool:
    return request.path.startswith(CMS_PREFIX)


class LoginRequiredMiddleware(auth_middleware.LoginRequiredMiddleware):
    """Default-deny; open views are marked one by one with `login_not_required`.

    An htmx request cannot follow a redirect to a login page inside a fragment: it gets 401 and the address to go to,
    and the page keeps what was typed. A plain form that was posted too late is handed back with its text.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Rules and templates ask the viewer hundreds of times a page: herself, not through Django's lazy proxy.
            request.user = auth_middleware.get_user(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if request.headers.get("HX-Request") == "true" or request.headers.get("Accept") == "application/json":
            response = HttpResponse(status=401)
            response["X-Login-Url"] = reverse("account_login")
            return response
        if is_form(request):
            return hand_back(request, status=401)
        return super().handle_no_permission(request, view_func)


class PolicyMiddleware(CSPMiddleware):
    """The content security policy and its neighbours; Wagtail's area gets a looser policy of its own."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if is_cms(request) and not report_only:
            parts.config = settings.CMS_CONTENT_SECURITY_POLICY["DIRECTIVES"]
            parts.nonce = None
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # What a signed-in person sees is kept by no shared cache, and asked again by the browser's own.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if is_cms(request):
            # Wagtail previews its pages in a frame of the same site.
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return super().process_response(request, response)


class RefusalMiddleware:
    """A refusal that no view turned into a form error becomes a page that says what happened and how to go on, with
    what was typed.
    """

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if has_words(request) and request.headers.get("HX-Request") != "true":
            response = hand_back(request, status=exception.status, refusal=exception.message)
        else:
            template = "429.html" if isinstance(exception, TooOften) else "refused.html"
            response = render(request, template, {"message": exception.message}, status=exception.status)
        if isinstance(exception, TooOften):
            response["Retry-After"] = str(exception.retry_after)
        return response
