"""Excerpts with the words found marked: ours, escaped by us, the same on every store."""

import re
from collections import Counter
from html import escape

from django.utils.safestring import SafeString, mark_safe

from .tokens import STEM, chunks_of, normalised

WIDTH = 180
MAX_READ = 20_000
_BREAKS = re.compile(r"[ \n]+")


def marked(text: str, wanted: frozenset[str]) -> SafeString:
    """The whole text, escaped, with what was asked between <mark>."""
    text = normalised(text)
    return _render(text, _places(text, wanted), 0, len(text))


def excerpt(text: str, wanted: frozenset[str], *, width: int = WIDTH) -> SafeString:
    """The part of the text that holds most of what was asked, else its beginning."""
    text = _BREAKS.sub(" ", normalised(text[:MAX_READ])).strip()
    places = _places(text, wanted)
    start, end = _window(text, places, width)
    return _render(text, places, start, end)


def _places(text: str, wanted: frozenset[str]) -> list[tuple[int, int, str]]:
    found = []
    for at, tokens in chunks_of(text) if wanted else ():
        for token in tokens:
            is_wanted = token.word in wanted or not wanted.isdisjoint(token.stems)
            if is_wanted or any(STEM + each in wanted for each in token.more):
                found.append((at + token.start, at + token.end, token.stems[0]))
    return found


def _window(text: str, places: list[tuple[int, int, str]], width: int) -> tuple[int, int]:
    """Bounds at spaces; the window that starts a little before the place from which most different words follow."""
    best, best_start, after = 0, 0, 0
    inside: Counter[str] = Counter()
    for start, _end, stem in places:
        while after < len(places) and places[after][0] < start + width:
            inside[places[after][2]] += 1
            after += 1
        if len(inside) > best:
            best, best_start = len(inside), start
        inside[stem] -= 1
        if not inside[stem]:
            del inside[stem]
    start = max(0, best_start - width // 4)
    if len(text) - start < width:
        start = max(0, len(text) - width)
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(len(text), start + width)
    if end < len(text):
        cut = text.rfind(" ", start + width // 2, end)
        end = cut if cut > 0 else end
    return start, end


def _render(text: str, places: list[tuple[int, int, str]], start: int, end: int) -> SafeString:
    pieces = ["… " if start else ""]
    at = start
    for begin, stop, _stem in places:
        if begin < at or stop > end:
            continue
        pieces += [escape(text[at:begin]), "<mark>", escape(text[begin:stop]), "</mark>"]
        at = stop
    pieces += [escape(text[at:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(pieces))
