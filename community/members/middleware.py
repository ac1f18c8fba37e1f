from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.middleware import is_cms

from .domains import is_demo_account
from .security import lacks_second_factor

ACTIVITY_STEP = 10 * 60
# Where an account is looked after, and what its mails say on a laptop.
WITHOUT_FACTOR = ("/compte/", "/dev/mail/", "/sante/", settings.STATIC_URL)


class SecondFactorMiddleware:
    """No page of /cms/ without a second factor, whoever has a right there; and none at all for the staff of the
    platform, whose powers are everywhere, but those where one is added.

    Wagtail's own login form would let a password alone through, so it leads to ours.
    """

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_cms(request) and request.path == reverse("wagtailadmin_login"):
            return redirect(f"{reverse('account_login')}?next={reverse('wagtailadmin_home')}")
        if asks_for_a_second_factor(request) and lacks_second_factor(request.user):
            messages.warning(request, _("Ajoutez une clé d’accès ou une application de codes pour entrer ici."))
            return redirect("account_security")
        return self.get_response(request)


def asks_for_a_second_factor(request: HttpRequest) -> bool:
    # Nobody's session is looked for without its cookie: visitors' pages are kept for all of them.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return False
    if is_cms(request):
        return True
    # Everybody knows the password of a demonstration account, which opens nothing outside a laptop.
    is_staff = request.user.is_staff and not is_demo_account(request.user.email)
    return is_staff and not request.path.startswith(WITHOUT_FACTOR)


class ActivityMiddleware:
    """Dates the session's last act, every ten minutes at most. Reading writes nothing."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        key = request.session.session_key
        if request.method == "POST" and key and request.user.is_authenticated:
            self.note(key)
        return response

    def note(self, session_key: str) -> None:
        if cache.add(f"session-seen:{session_key}", 1, timeout=ACTIVITY_STEP):
            UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now())


class OwnSiteMiddleware:
    """allauth's pages call the host `site`, the name under which ours know their header and footer."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response):
        if response.context_data and "site" in response.context_data:
            response.context_data = {name: each for name, each in response.context_data.items() if name != "site"}
        return response
