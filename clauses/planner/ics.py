"""The steps of the planner as RFC 5545, for the member's own calendar program."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from community.law.ics import escape, folded, stamp

from .milestones import REASONS
from .selectors.purchases import PlannedRow


def calendar(rows: Iterable[PlannedRow], *, made_at: datetime) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Entraide//Mes achats à venir//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(_('Mes achats à venir'))}",
        "X-WR-TIMEZONE:Europe/Paris",
    ]
    for row in rows:
        lines += events_of(row, made_at)
    lines.append("END:VCALENDAR")
    return b"".join(part for line in lines for part in folded(line))


def events_of(row: PlannedRow, made_at: datetime) -> list[str]:
    """What is still to be done, and the day the contract starts."""
    title = row.purchase.title
    lines: list[str] = []
    for step in row.milestones:
        if step.is_open and not row.is_closed:
            lines += event(
                row, step.step.value, step.due_on, f"{step.step.label} : {title}", str(REASONS[step.step]), made_at
            )
    start = _("Début du marché : %(title)s") % {"title": title}
    return lines + event(row, "start", row.purchase.starts_on, start, "", made_at)


def event(row: PlannedRow, name: str, day: date, summary: str, why: str, made_at: datetime) -> list[str]:
    """A day, not a moment; CONFIDENTIAL, as a calendar may be shared without a thought for this one."""
    host = urlsplit(settings.BASE_URL).hostname or "entraide"
    return [
        "BEGIN:VEVENT",
        f"UID:achat-{row.pk}-{name}@{host}",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{stamp(day)}",
        f"DTEND;VALUE=DATE:{stamp(day + timedelta(days=1))}",
        f"SUMMARY:{escape(summary)}",
        *([f"DESCRIPTION:{escape(why)}"] if why else []),
        f"URL:{settings.BASE_URL}{row.url}",
        "TRANSP:TRANSPARENT",
        "CLASS:CONFIDENTIAL",
        "END:VEVENT",
    ]
