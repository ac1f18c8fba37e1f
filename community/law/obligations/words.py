"""Amounts and days as the answers say them."""

from datetime import date
from decimal import Decimal

from community.core.ui import MONTHS, NARROW_SPACE


def euros(amount: Decimal) -> str:
    """« 216 000 € HT »; cents are said when there are some."""
    whole, cents = divmod(round(amount * 100), 100)
    text = f"{int(whole):,}".replace(",", NARROW_SPACE)
    if cents:
        text += f",{int(cents):02d}"
    return f"{text}{NARROW_SPACE}€ HT"


def day_words(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"
