"""Words, numbers and colours as the interface shows them, for code outside templates too."""

import re

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
