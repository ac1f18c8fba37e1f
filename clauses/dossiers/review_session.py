"""The browser that typed the code reads one link, for a while: kept in its session, checked again at each request."""

import time

from django.http import HttpRequest

from .models import ReviewLink

KEY = "relectures"
LIFE_SECONDS = 12 * 60 * 60
MAX_KEPT = 8


def grant(request: HttpRequest, link: ReviewLink) -> None:
    """`cycle_key`: who knew the session before the code was typed is left outside."""
    request.session.cycle_key()
    kept = {pk: row for pk, row in request.session.get(KEY, {}).items() if row["until"] > time.time()}
    kept = dict(sorted(kept.items(), key=lambda pair: pair[1]["until"])[-(MAX_KEPT - 1) :])
    kept[str(link.pk)] = {"hash": link.token_hash, "until": int(time.time()) + LIFE_SECONDS}
    request.session[KEY] = kept


def is_granted(request: HttpRequest, link: ReviewLink) -> bool:
    """The link must be open (`selectors.review.find_open_link`): here, only that this browser typed its code, and
    since the link was last sent.
    """
    row = request.session.get(KEY, {}).get(str(link.pk))
    return bool(row) and row["hash"] == link.token_hash and row["until"] > time.time()


def forget(request: HttpRequest, link: ReviewLink) -> None:
    kept = request.session.get(KEY, {})
    if kept.pop(str(link.pk), None):
        request.session[KEY] = kept
