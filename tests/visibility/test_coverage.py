"""A view that nobody placed in the matrix is refused: either its objects are tried, or it says why there are none."""

from django.urls import URLPattern, URLResolver, get_resolver

from .outlets import ACTS, ADDRESSED, CARRIES_NO_CONTENT, FOREIGN_PREFIXES, LISTS


def names(resolver: URLResolver, prefix: str = "") -> set[str]:
    found = set()
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.add(entry.name or address)
        elif not address.startswith(("cms/", "documents/", "__debug__/")):
            found |= names(entry, address)
    return found


def test_every_view_is_tried_or_says_why_it_carries_nothing():
    placed = {outlet.name for outlet in (*ADDRESSED, *ACTS)} | LISTS | set(CARRIES_NO_CONTENT)
    known = {name for name in names(get_resolver()) if not name.startswith(FOREIGN_PREFIXES)}
    assert known - placed == set(), "join tests/visibility/outlets.py"


def test_nothing_is_placed_that_no_longer_exists():
    placed = {outlet.name for outlet in (*ADDRESSED, *ACTS)} | LISTS | set(CARRIES_NO_CONTENT)
    assert placed - names(get_resolver()) == set()


def test_each_reason_is_a_sentence():
    assert all(len(reason) > 10 for reason in CARRIES_NO_CONTENT.values())
