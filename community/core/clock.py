"""Days and moments in words, as French typography has them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.safestring import SafeString

from . import ui


class Clock:
    """The time zone and the day of one page: asked once, however many dates it tells.

    The year is said only when it is not this year's. Words such as « hier » are avoided: pages are cached.
    """

    def __init__(self) -> None:
        self.zone = timezone.get_current_timezone()
        self.today = timezone.localdate(timezone=self.zone)

    def moment(self, value: datetime, style: str = "long") -> SafeString:
        """« le 18 novembre à 9 h 12 », or « 18 novembre, 9 h 12 » (short), or « 9 h 12 » (clock)."""
        local = value.astimezone(self.zone)
        text = f"{local.hour}{ui.NARROW_SPACE}h{ui.NARROW_SPACE}{local.minute:02d}"
        if style != "clock":
            words = self._date_words(local)
            text = f"{words}, {text}" if style == "short" else f"le {words} à {text}"
        return _time_element(local.replace(microsecond=0), text)

    def day(self, value: date | datetime, style: str = "weekday") -> SafeString:
        """« mercredi 18 novembre », or « 18 novembre » (plain)."""
        if isinstance(value, datetime):
            value = value.astimezone(self.zone).date()
        words = self._date_words(value)
        return _time_element(value, f"{ui.WEEKDAYS[value.weekday()]} {words}" if style == "weekday" else words)

    def _date_words(self, value: date) -> str:
        number = "1<sup>er</sup>" if value.day == 1 else value.day
        year = "" if value.year == self.today.year else f" {value.year}"
        return f"{number} {ui.MONTHS[value.month - 1]}{year}"


def _time_element(value: date, text: str) -> SafeString:
    # Our own words and digits, no member's: nothing to escape, and lists hold many dates.
    return SafeString(f'<time datetime="{value.isoformat()}">{text}</time>')
