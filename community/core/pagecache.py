"""Pages that visitors without an account read over and over, kept a moment by path and query.

A kept page is checked before it is given: its *watch* is the list of rows that it shows, read again through the
visitor's rights in one small query. A question hidden, a space turned private, an answer edited: the watch differs and
the page is made anew. What the watch does not see (a member's new name) lasts `SECONDS` at most.

Kept pages carry neither a nonce nor a CSRF token, and are given to nobody who has a session.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from . import contents
from .prepared import Prepared

SECONDS = 60
ALIAS = "pages"
MAX_QUERY_STRING = 300
_COOKIES = ("messages",)


@dataclass(frozen=True, slots=True)
class Watch:
    """One query, already narrowed to what a visitor may see, and the rows that it gave when the page was made.

    The rows come from what the page was made of, never from a second reading: a change in between must be noticed.
    """

    sql: str
    params: tuple
    rows: tuple[tuple, ...]

    def still_holds(self, cursor) -> bool:
        cursor.execute(self.sql, self.params)
        return tuple(tuple(row) for row in cursor.fetchall()) == self.rows


@dataclass(frozen=True, slots=True)
class KeptPage:
    body: bytes
    content_type: str
    etag: str
    watches: tuple[Watch, ...]


def is_visitor(request: HttpRequest) -> bool:
    """Whoever carries a session, or a message to be shown once, gets a page of their own."""
    if request.method not in ("GET", "HEAD") or request.headers.get("HX-Request"):
        return False
    cookies = request.COOKIES
    return settings.SESSION_COOKIE_NAME not in cookies and not any(name in cookies for name in _COOKIES)


def key_of(request: HttpRequest) -> str:
    address = f"{request.get_host()} {request.scheme} {request.get_full_path()}"
    return hashlib.blake2b(address.encode(), digest_size=20).hexdigest()


def watch_contents(objects: Iterable) -> list[Watch]:
    """That these contents, of any registered kinds, are still shown to visitors; one query a kind."""
    by_kind: dict[str, list[int]] = {}
    for each in objects:
        by_kind.setdefault(contents.kind_of(each).name, []).append(each.pk)
    watches = []
    for name, pks in by_kind.items():
        visible = contents.get(name).visible_to(AnonymousUser()).filter(pk__in=pks).order_by("pk").values_list("pk")
        sql, params = visible.query.sql_with_params()
        watches.append(Watch(sql, tuple(params), tuple((pk,) for pk in sorted(pks))))
    return watches


def watch_rows(rows: Prepared, **ids: Sequence[int]) -> Watch:
    """What this query gives, already narrowed to what a visitor may see. Taken before the page is made, so that a
    change meanwhile is noticed.
    """
    sql, params = rows.statement(**ids)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = tuple(tuple(row) for row in cursor.fetchall())
    return Watch(sql, params, found)


def watch_also(request: HttpRequest, objects: Iterable) -> None:
    """Said by a tag that shows contents of another room on a page that may be kept: they are watched with it."""
    if not request.user.is_authenticated:
        request.__dict__.setdefault("also_shown", []).extend(objects)


def keep(request: HttpRequest, response: HttpResponse, *, watches: Iterable[Watch]) -> HttpResponse:
    """Gives the response its ETag and keeps it."""
    if response.status_code != 200 or not is_visitor(request):
        return response
    etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    if len(request.META.get("QUERY_STRING", "")) <= MAX_QUERY_STRING:
        also = watch_contents(request.__dict__.get("also_shown", ()))
        page = KeptPage(response.content, response["Content-Type"], etag, (*watches, *also))
        caches[ALIAS].set(key_of(request), page, SECONDS)
    return dressed(request, response, etag)


def dressed(request: HttpRequest, response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    # Kept by browsers, asked again each time: signing in, or losing a right, shows at once.
    response["Cache-Control"] = "private, no-cache"
    response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return get_conditional_response(request, etag=etag, response=response)


def find(request: HttpRequest) -> KeptPage | None:
    page = caches[ALIAS].get(key_of(request))
    if page is None:
        return None
    with connection.cursor() as cursor:
        return page if all(watch.still_holds(cursor) for watch in page.watches) else None


class PageCacheMiddleware:
    """Stands before the session and everything that a visitor's page does not need."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_visitor(request):
            page = find(request)
            if page is not None:
                return dressed(request, HttpResponse(page.body, content_type=page.content_type), page.etag)
        return self.get_response(request)
