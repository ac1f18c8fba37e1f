"""How often one person may search: her account, else her address."""

from django.conf import settings
from django.http import HttpRequest

from community.core.ratelimits import hit

MINUTE = 60
SEARCHES = 30
VISITOR_SEARCHES = 15
# One suggestion at most for each letter typed.
SUGGESTIONS = 150


def spend_search(request: HttpRequest) -> None:
    times = SEARCHES if request.user.is_authenticated else VISITOR_SEARCHES
    hit("search", person(request), times=times, seconds=MINUTE)


def spend_suggestion(request: HttpRequest) -> None:
    hit("search-suggest", person(request), times=SUGGESTIONS, seconds=MINUTE)


def person(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return str(request.user.pk)
    return f"visitor:{address_of(request)}"


def address_of(request: HttpRequest) -> str:
    """The caller's own address: with proxies of ours, the one that the first of them saw."""
    forwarded = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if each.strip()]
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return forwarded[-settings.TRUSTED_PROXIES][:45]
    return request.META.get("REMOTE_ADDR", "")
