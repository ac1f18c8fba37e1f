"""Words, numbers and colours as the interface shows them, for code outside templates too."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Choices
from django.utils import timezone
from django.utils.translation import get_language

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
HUES = 6
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_BEFORE_HIGH_PUNCTUATION = re.compile(r"[ \u00a0]([;!?%€»])")
_AFTER_OPENING_QUOTE = re.compile(r"«[ \u00a0]")
_BEFORE_COLON = re.compile(r" :(?=\s|$)")


@lru_cache(maxsize=128)
def _labels(choices: type[Choices], _language: str | None) -> dict:
    return {value: str(label) for value, label in choices.choices}


def labels(choices: type[Choices]) -> Mapping:
    """Value → label: `choices` and `get_…_display` translate every one of them at each call."""
    return _labels(choices, get_language())


def day_words(value: date, *, year: bool = True) -> str:
    """« 1er novembre 2026 »; of a moment, the day here."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    words = f"{'1er' if value.day == 1 else value.day} {MONTHS[value.month - 1]}"
    return f"{words} {value.year}" if year else words


def initials(name):
    words = re.findall(r"[^\W_]+", str(name or ""))
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


def hue(number):
    return int(number) % HUES + 1


def number(value):
    return f"{int(value):,}".replace(",", NARROW_SPACE)


def typography(text):
    text = _BEFORE_HIGH_PUNCTUATION.sub(NARROW_SPACE + r"\1", text)
    text = _AFTER_OPENING_QUOTE.sub("«" + NARROW_SPACE, text)
    return _BEFORE_COLON.sub(NO_BREAK_SPACE + ":", text)
