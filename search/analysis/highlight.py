"""Excerpts with the words found marked: ours, escaped by us, the same on every store."""

import re
from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from django.utils.safestring import SafeString, mark_safe

from .plan import Wanted
from .tokens import STEM, Token, chunks_of, fold, normalised

WIDTH = 180
MAX_READ = 20_000
_BREAKS = re.compile(r"[ \n]+")
# What is found there: a stem, or a phrase as it was asked.
Found: TypeAlias = str | tuple[str, ...]
Place: TypeAlias = tuple[int, int, Found]


def marked(text: str, wanted: Wanted) -> SafeString:
    """The whole text, escaped, with what was asked between <mark>."""
    text = normalised(text)
    return _render(text, _places(text, wanted), 0, len(text))


def excerpt(text: str, wanted: Wanted, *, width: int = WIDTH) -> SafeString:
    """The part of the text that holds most of what was asked, else its beginning."""
    text = _BREAKS.sub(" ", normalised(text[:MAX_READ])).strip()
    places = _places(text, wanted)
    start, end = _window(text, places, width)
    return _render(text, places, start, end)


def as_written(words: set[str], texts: Iterable[str]) -> dict[str, str]:
    """Each of these words as the texts write it, with its accents; the capital of a sentence is left out."""
    found: dict[str, str] = {}
    for text in texts:
        text = normalised(text[:MAX_READ])
        for at, tokens in chunks_of(text):
            for token in tokens:
                written = text[at + token.start : at + token.end]
                if token.word in words and token.word not in found and fold(written) == token.word:
                    found[token.word] = written.lower() if written.istitle() else written
        if len(found) == len(words):
            break
    return found


def _places(text: str, wanted: Wanted) -> list[Place]:
    """Read run by run of tokens that follow one another: those of a phrase count where the whole of it is."""
    words = {each for each in wanted if isinstance(each, str)}
    phrases = sorted(each for each in wanted if isinstance(each, tuple))
    known = words.union(*phrases)
    found: list[Place] = []
    run: list[tuple[int, Token]] = []
    for at, tokens in chunks_of(text) if known else ():
        for token in tokens:
            if token.word in known or not known.isdisjoint(token.stems) or (token.more and _has_more(token, known)):
                run.append((at, token))
            elif run:
                found += _places_in(run, words, phrases)
                run = []
    found += _places_in(run, words, phrases)
    return found


def _has_more(token: Token, wanted: set[str]) -> bool:
    return any(STEM + each in wanted for each in token.more)


def _places_in(run: list[tuple[int, Token]], words: set[str], phrases: list[tuple[str, ...]]) -> list[Place]:
    """Of a run of tokens asked somehow, those asked alone and those of a whole phrase, which is one thing found."""
    if not phrases:
        return [(at + token.start, at + token.end, token.stems[0]) for at, token in run]
    asked: list[Found | None] = [
        token.stems[0] if token.word in words or not words.isdisjoint(token.stems) or _has_more(token, words) else None
        for _at, token in run
    ]
    # As the stores keep them, and no further stem: a phrase is of words, or of first stems.
    written = tuple(token.word for _at, token in run)
    stems = tuple(token.stems[0] for _at, token in run)
    for phrase in phrases:
        length, kept = len(phrase), stems if phrase[0].startswith(STEM) else written
        for first in range(len(run) - length + 1):
            if kept[first : first + length] == phrase:
                asked[first : first + length] = [each or phrase for each in asked[first : first + length]]
    return [(at + token.start, at + token.end, what) for (at, token), what in zip(run, asked, strict=True) if what]


def _window(text: str, places: list[Place], width: int) -> tuple[int, int]:
    """Bounds at spaces; the window that starts a little before the place from which most different things follow."""
    best, best_start, after = 0, 0, 0
    inside: Counter[Found] = Counter()
    for start, _end, what in places:
        while after < len(places) and places[after][0] < start + width:
            inside[places[after][2]] += 1
            after += 1
        if len(inside) > best:
            best, best_start = len(inside), start
        inside[what] -= 1
        if not inside[what]:
            del inside[what]
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


def _render(text: str, places: list[Place], start: int, end: int) -> SafeString:
    pieces = ["… " if start else ""]
    at = start
    for begin, stop, _what in places:
        if begin < at or stop > end:
            continue
        pieces += [escape(text[at:begin]), "<mark>", escape(text[begin:stop]), "</mark>"]
        at = stop
    pieces += [escape(text[at:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(pieces))
