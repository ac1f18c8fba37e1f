"""The legal calendar as RFC 5545: all-day events, lines of 75 octets at most, texts escaped."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .models import Obligation

MAX_OCTETS = 75
# What a content line cannot carry, escaped or not; line ends are escaped.
_UNPRINTABLE = dict.fromkeys((*range(9), *range(11, 32), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029, 0xFFFE, 0xFFFF))


def calendar(obligations: Iterable[Obligation], *, made_at: datetime) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Entraide//Calendrier juridique//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(_('Calendrier juridique des achats durables'))}",
        "X-WR-TIMEZONE:Europe/Paris",
    ]
    for obligation in obligations:
        lines += event(obligation, made_at)
    lines.append("END:VCALENDAR")
    return b"".join(part for line in lines for part in folded(line))


def event(obligation: Obligation, made_at: datetime) -> list[str]:
    """Dates, not moments: a law takes effect on a day, in Paris."""
    host = urlsplit(settings.BASE_URL).hostname or "entraide"
    title = obligation.title
    if obligation.year_only:
        title = f"{obligation.starts_on.year} : {title}"
    return [
        "BEGIN:VEVENT",
        f"UID:echeance-{obligation.pk}@{host}",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{stamp(obligation.starts_on)}",
        f"DTEND;VALUE=DATE:{stamp(obligation.starts_on + timedelta(days=1))}",
        f"SUMMARY:{escape(title)}",
        f"DESCRIPTION:{escape(description(obligation))}",
        f"URL:{settings.BASE_URL}{obligation.get_absolute_url()}",
        "TRANSP:TRANSPARENT",
        "CLASS:PUBLIC",
        "END:VEVENT",
    ]


def stamp(day: date) -> str:
    # Not `strftime`, which leaves out the zeros of a far year.
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def description(obligation: Obligation) -> str:
    grounds = [str(provision) for provision in obligation.provisions.all()]
    grounds += [text.short_title for text in obligation.texts.all()]
    parts = [obligation.summary, obligation.scope, obligation.threshold_text, ", ".join(grounds)]
    if obligation.to_check or obligation.verified_on is None:
        parts.append(_("À vérifier"))
    else:
        parts.append(
            _("Vérifié le %(day)s, source : %(source)s")
            % {"day": obligation.verified_on.strftime("%d/%m/%Y"), "source": obligation.source}
        )
    return "\n".join(part for part in parts if part)


def escape(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNPRINTABLE)
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def folded(line: str) -> Iterator[bytes]:
    """Continued lines begin with a space, and no character is cut in two."""
    piece = b""
    for char in line:
        encoded = char.encode("utf-8", "replace")
        if len(piece) + len(encoded) > MAX_OCTETS:
            yield piece + b"\r\n"
            piece = b" "
        piece += encoded
    yield piece + b"\r\n"
