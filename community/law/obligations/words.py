"""Amounts as sentences say them."""

from decimal import Decimal

from community.core import ui


def euros(amount: Decimal) -> str:
    """« 216 000 € HT », « 39 999,99 € HT »; whole millions from ten up: « 50 M€ »."""
    whole, cents = divmod(amount, 1)
    digits = ui.number(whole) + (f",{int(cents * 100):02d}" if cents else "")
    return f"{digits}{ui.NARROW_SPACE}€{ui.NO_BREAK_SPACE}HT"


def millions(amount: Decimal) -> str:
    return f"{ui.number(amount / 1_000_000)}{ui.NARROW_SPACE}M€"
