from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context
from django.template.loader import get_template

from community.core.typed import comes_from_this_site, hand_back, is_form

BARE_SENTENCE = "Le service a rencontré un problème. Réessayez dans un instant."


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """allauth's limits do not say how long to wait: its windows are of a minute, or of five."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context: what broke may be the session or the database, or the static files of this page."""
    try:
        page = get_template("500.html").template.render(Context({}))
    except Exception:  # noqa: BLE001  whatever broke, a sentence is better than a closed connection
        page = f"<!DOCTYPE html><html lang=fr><meta charset=utf-8><title>500</title><p>{BARE_SENTENCE}</p></html>"
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A token that expired while writing hands the text back; a form of another site gets nothing."""
    if is_form(request) and comes_from_this_site(request):
        return hand_back(request, status=403)
    return render(request, "403.html", status=403)
