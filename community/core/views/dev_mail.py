"""The mails kept on a laptop, in place of an inbox; anywhere else these addresses do not exist."""

from functools import wraps
from ipaddress import ip_address

from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from community.core.mail.kept import KeptMail, kept_mail, kept_mails

MAIL_POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": ["allow-popups"]}


def is_own_machine(request: HttpRequest) -> bool:
    """Only a browser of this very machine: behind a proxy every request seems to come from the loopback."""
    if not settings.LOOPBACK or settings.TRUSTED_PROXIES or "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return address.is_loopback


def own_machine_only(view):
    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_own_machine(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def kept_mail_or_404(name: str) -> KeptMail:
    mail = kept_mail(name)
    if mail is None:
        raise Http404
    return mail


@own_machine_only
def mail_list(request: HttpRequest) -> HttpResponse:
    return render(request, "dev/mail_list.html", {"mails": kept_mails()})


@own_machine_only
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "dev/mail_detail.html", {"mail": kept_mail_or_404(name)})


@csp(MAIL_POLICY)
@own_machine_only
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML version as a mail program would show it: its own styles, no script, no address of ours to act on."""
    return HttpResponse(kept_mail_or_404(name).html)
