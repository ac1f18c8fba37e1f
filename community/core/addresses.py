"""Addresses built from patterns resolved once: a page holds hundreds of them."""

from collections.abc import Callable
from functools import lru_cache

from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

_MARK = 918_273_640


@lru_cache(maxsize=256)
def _pattern(name: str, places: int, names: tuple[str, ...], words: tuple[str | None, ...]) -> Callable[..., str]:
    """Writes the address of a view from its numbers; an empty one where no room has that view."""
    given = enumerate(zip(names, words, strict=True))
    marked = {key: _MARK + rank if word is None else word for rank, (key, word) in given}
    try:
        path = reverse(name, args=[_MARK + rank for rank in range(places)], kwargs=marked)
    except NoReverseMatch:
        return "".format
    # An address has no braces of its own: `reverse` writes them as codes.
    for rank in range(places or len(names)):
        path = path.replace(str(_MARK + rank), f"{{{rank}}}")
    return path.format


def address(name: str, *numbers: int, **arguments: int | str) -> str:
    """`reverse` for views whose arguments are numbers and a few known words, in a fraction of the time. Arguments are
    all in their places or all named.
    """
    if not arguments:
        return _pattern(name, len(numbers), (), ())(*numbers)
    values = arguments.values()
    words = tuple([value if isinstance(value, str) else None for value in values])
    return _pattern(name, 0, tuple(arguments), words)(*values)


@lru_cache(maxsize=1)
def _words_of_routes() -> frozenset[str]:
    """Every word that a route is written with: those that name an act on a content are among them."""
    words, left = set(), [get_resolver()]
    while left:
        route = left.pop()
        words.update(str(route.pattern).split("/"))
        left += getattr(route, "url_patterns", [])
    return frozenset(words)


@lru_cache(maxsize=256)
def _is_free(page: str, slug: str) -> bool:
    """False for the few titles whose slug is the name of an act: « Modifier » would open the editing form."""
    try:
        return resolve(f"{address(page, pk=1)}{slug}/").url_name == page
    except Resolver404:
        return False


def search_everywhere(text: str) -> dict[str, str]:
    """What a list where these words find nothing proposes: the search mends slips, and looks beyond it."""
    return {"url": f"{address('search')}?{urlencode({'q': text})}", "action": _("Chercher dans tout le site")}


def titled_address(page: str, pk: int, slug: str) -> str:
    """The page of a content, its title at the end: `page` answers with and without it."""
    base = address(page, pk=pk)
    if not slug or (slug in _words_of_routes() and not _is_free(page, slug)):
        return base
    return f"{base}{slug}/"


def filtered_address(page: str, filters: dict[str, str | list[str]]) -> str:
    base = address(page)
    return f"{base}?{urlencode(filters, doseq=True)}" if filters else base
