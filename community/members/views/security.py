from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.members.actions import close_other_sessions, close_session
from community.members.security import device_name, lacks_second_factor, shortened_ip

from .tabs import preference_tabs


@never_cache
@require_safe
def account_security(request: HttpRequest) -> HttpResponse:
    factors = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    codes = next((each.wrap() for each in factors if each.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "tabs": preference_tabs("account_security"),
        "passkeys": [each.wrap() for each in factors if each.type == Authenticator.Type.WEBAUTHN],
        "totp": next((each for each in factors if each.type == Authenticator.Type.TOTP), None),
        "codes_left": len(codes.get_unused_codes()) if codes else 0,
        "codes_total": len(codes.generate_codes()) if codes else 0,
        "has_password": request.user.has_usable_password(),
        "must_add_factor": request.user.is_staff and lacks_second_factor(request.user),
        "sessions": described_sessions(request),
    }
    return render(request, "account/security.html", context)


def described_sessions(request: HttpRequest) -> list[dict]:
    sessions = UserSession.objects.purge_and_list(request.user)
    return [
        {
            "pk": session.pk,
            "device": device_name(session.user_agent),
            "network": shortened_ip(session.ip),
            "last_seen_at": session.last_seen_at,
            "is_current": session.session_key == request.session.session_key,
        }
        for session in sorted(sessions, key=lambda session: session.last_seen_at, reverse=True)
    ]


@require_POST
def session_close(request: HttpRequest) -> HttpResponse:
    """One session by its number, or all the others."""
    wanted = request.POST.get("session", "")
    if wanted.isascii() and wanted.isdigit():
        close_session(actor=request.user, pk=int(wanted[:18]))
        messages.success(request, _("Session fermée."))
    else:
        count = close_other_sessions(actor=request.user, current_key=request.session.session_key)
        sentence = ngettext("%(count)d session fermée.", "%(count)d sessions fermées.", count)
        messages.success(request, sentence % {"count": count})
    return redirect("account_security")


@require_safe
def session_restored(request: HttpRequest) -> HttpResponse:
    """Where signing in again leads, in the tab opened for it."""
    return render(request, "account/session_restored.html")
