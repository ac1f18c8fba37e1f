"""How wide letters are in Arial, and in the fonts made to its measures, in thousandths of their size."""

import unicodedata
from functools import lru_cache

from ..blocks import Run

_FIRST = 32
_PLAIN = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 "
    "584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 "
    "333 611 556 778 556 556 500 389 280 389 584"
)
_OTHERS = {
    "’": 222,
    "—": 1000,
    "…": 1000,
    "œ": 944,
    "Œ": 1000,
    "·": 278,
    "•": 350,
    "°": 400,
    "\xa0": 278,
    "\u202f": 200,
}
_USUAL, _CODE = 556, 600
_PLAIN_WIDTHS, _BOLD_WIDTHS = (
    {chr(_FIRST + place): int(width) for place, width in enumerate(widths.split())} for widths in (_PLAIN, _BOLD)
)


@lru_cache(maxsize=20_000)
def word_width(word: str, *, bold: bool, code: bool) -> int:
    if code:
        return _CODE * len(word)
    known = _BOLD_WIDTHS if bold else _PLAIN_WIDTHS
    return sum(known.get(char) or _OTHERS.get(char) or known.get(_bare(char), _USUAL) for char in word)


def _bare(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0]


def count_lines(runs: list[Run], *, size: float, width: float, bold: bool = False) -> int:
    """Lines broken where there is a space, as word processors do; `size` and `width` in points."""
    room, filled, lines, space = width * 1000 / size, 0, 1, 0
    pending = 0
    for text, is_bold, code in _pieces(runs, bold=bold):
        if text in (" ", "\n"):
            filled, lines = _put(filled, lines, space, pending, room)
            space, pending = word_width(" ", bold=is_bold, code=code), 0
            if text == "\n":
                filled, lines, space = 0, lines + 1, 0
        else:
            pending += word_width(text, bold=is_bold, code=code)
    return _put(filled, lines, space, pending, room)[1]


def _put(filled: int, lines: int, space: int, word: int, room: float) -> tuple[int, int]:
    if not word:
        return filled + space, lines
    if not filled or filled + space + word <= room:
        return filled + (space if filled else 0) + word, lines
    return word, lines + 1


def _pieces(runs: list[Run], *, bold: bool):
    for run in runs:
        is_bold = bold or run.bold
        for line_rank, line in enumerate(run.text.split("\n")):
            if line_rank:
                yield "\n", is_bold, run.code
            for rank, word in enumerate(line.replace("\t", " ").split(" ")):
                if rank:
                    yield " ", is_bold, run.code
                if word:
                    yield word, is_bold, run.code
