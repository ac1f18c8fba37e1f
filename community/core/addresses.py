"""Addresses built from patterns resolved once: a page holds hundreds of them."""

from functools import lru_cache

from django.urls import NoReverseMatch, reverse

_MARK = 918_273_640


@lru_cache(maxsize=256)
def _pattern(name: str, arguments: tuple[tuple[str, str | None], ...]) -> str:
    """The address of a view with a mark in place of each number; empty where no room has that view."""
    marked = {key: _MARK + rank if word is None else word for rank, (key, word) in enumerate(arguments)}
    try:
        return reverse(name, kwargs=marked)
    except NoReverseMatch:
        return ""


def address(name: str, **arguments: int | str) -> str:
    """`reverse` for views whose arguments are numbers and a few known words, in a fraction of the time."""
    key = tuple((name, value if isinstance(value, str) else None) for name, value in arguments.items())
    path = _pattern(name, key)
    for rank, value in enumerate(arguments.values()):
        if not isinstance(value, str):
            path = path.replace(str(_MARK + rank), str(value))
    return path
