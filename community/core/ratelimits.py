"""How often one person may do one thing: fixed windows in the cache (shared by processes when it is Redis)."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .errors import TooOften

# One budget for every page that looks words up: those of the search, and the lists that are filtered by words.
SEARCHES_A_MINUTE = 30
VISITOR_SEARCHES_A_MINUTE = 15


@dataclass(frozen=True)
class Limit:
    """At most `times` acts in `seconds`; `newcomer` is the tighter figure of unverified members."""

    name: str
    times: int
    seconds: int
    newcomer: int | None = None

    def allowed(self, member) -> int:
        verified = getattr(member, "is_verified", False)
        return self.times if verified or self.newcomer is None else self.newcomer


def spend(limit: Limit, *, actor) -> None:
    """Counts one act of the actor; raises TooOften, with the seconds to wait, past the limit."""
    hit(limit.name, str(actor.pk), times=limit.allowed(actor), seconds=limit.seconds)


def spend_reading(limit: Limit, request: HttpRequest) -> None:
    """The same for what visitors may do too, each counted by the address that she calls from."""
    hit(limit.name, person(request), times=limit.allowed(request.user), seconds=limit.seconds)


def spend_search(request: HttpRequest) -> None:
    """Counts one search of a member, or of a visitor by her address."""
    times = SEARCHES_A_MINUTE if request.user.is_authenticated else VISITOR_SEARCHES_A_MINUTE
    hit("search", person(request), times=times, seconds=60)


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


def hit(name: str, who: str, *, times: int, seconds: int) -> None:
    now = int(time.time())
    window = now // seconds
    key = f"rate:{name}:{who}:{window}"
    cache.add(key, 0, timeout=seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # the entry was culled between the two calls
        cache.set(key, 1, timeout=seconds)
        count = 1
    if count > times:
        wait = (window + 1) * seconds - now
        raise TooOften(too_often_sentence(wait), retry_after=wait)


def too_often_sentence(wait: int) -> str:
    return _("Vous allez plus vite que ce que le site accepte. Votre texte est gardé : réessayez dans %(delay)s.") % {
        "delay": delay_words(wait)
    }


def delay_words(wait: int) -> str:
    if wait < 60:
        delay = ngettext("%(count)d seconde", "%(count)d secondes", wait) % {"count": wait}
    elif wait > 2 * 60 * 60:
        hours = -(-wait // 3600)
        delay = ngettext("%(count)d heure", "%(count)d heures", hours) % {"count": hours}
    else:
        minutes = -(-wait // 60)
        delay = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return delay
