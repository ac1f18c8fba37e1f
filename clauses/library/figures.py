"""The figures that a clause advises for a variable, and those that stand beyond them."""

import re
from decimal import Decimal

_FIGURE = re.compile(r"(\d{1,12}(?:[.,]\d{1,6})?)(?:\s?%)?")
_SPACES = re.compile(r"(?<=\d)\s(?=\d{3})")


def figure(words: str) -> Decimal | None:
    """« 1 200,50 » or « 30 % » as a number; words, dates and hours are none."""
    found = _FIGURE.fullmatch(_SPACES.sub("", words.strip()))
    return Decimal(found[1].replace(",", ".")) if found else None


def stands_outside(value: str, low: str, high: str) -> bool:
    """Beyond what the clause advises: said, never refused, as a bound may be the law’s or a habit."""
    typed, least, most = figure(value), figure(low), figure(high)
    if typed is None:
        return False
    return (least is not None and typed < least) or (most is not None and typed > most)
