"""Two answers are the same when nothing but what the person typed herself tells them apart."""

import re
from urllib.parse import quote

from django.core import signing
from django.http import HttpResponse

from community.core.typed import KEPT_FIELD

CSRF = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')
TICKET = re.compile(rf'(name="{KEPT_FIELD}" value=")([^"]*)')
VOLATILE_HEADERS = {"date", "set-cookie", "content-length", "expires"}


def body_of(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def comparable(response: HttpResponse, typed: dict[str, str]) -> tuple:
    """Status, headers and body; `typed` maps what was in the address to a common word."""
    headers = sorted(
        (name.lower(), plain(value, typed))
        for name, value in response.headers.items()
        if name.lower() not in VOLATILE_HEADERS
    )
    body = TICKET.sub(address_of_ticket, body_of(response))
    return response.status_code, headers, CSRF.sub(r"\1", plain(body, typed))


def address_of_ticket(field: re.Match) -> str:
    """A ticket is signed anew on each page: what it says is the address of the page."""
    _nonce, path = signing.loads(field[2], salt=KEPT_FIELD)
    return f"{field[1]}{path}"


def plain(text: str, typed: dict[str, str]) -> str:
    for word, common in sorted(typed.items(), key=lambda pair: -len(pair[0])):
        for form in {word, quote(word), quote(word, safe="")}:
            text = text.replace(form, common)
    return text


def difference(left: tuple, right: tuple) -> str:
    """The first thing that differs, short enough for a report."""
    for name, one, other in zip(("status", "headers", "body"), left, right, strict=True):
        if one != other:
            if name != "body":
                return f"{name}: {one} ≠ {other}"
            place = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
            return f"body: …{one[max(place - 60, 0) : place + 60]!r} ≠ …{other[max(place - 60, 0) : place + 60]!r}"
    return ""
