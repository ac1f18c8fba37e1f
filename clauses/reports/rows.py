"""What a card shows of a report: plain values, so that templates and `markup` only print."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from clauses.library.selectors.rows import family_link

from .addresses import experience_url
from .models import ExperienceReport
from .shown import byline, figures_of, status_of
from .story import shown_title


@lru_cache(maxsize=256)
def month_words(first: date, _language: str | None) -> str:
    """« novembre 2026 », by the first day of the month: a list says the same few."""
    return date_format(first, "F Y")


def card(report: ExperienceReport) -> dict:
    return {
        "title": shown_title(report),
        "url": experience_url(report),
        "summary": report.summary,
        "status": status_of(report),
        "family": family_link(report.family) if report.family_id else None,
        "byline": byline(report),
        "month": month_words(localtime(report.published_at or report.changed_at).date().replace(day=1), get_language()),
        "figures": figures_of(report),
        "space": report.space.name if report.space_id else "",
    }


def cards_of(reports: Iterable[ExperienceReport]) -> list[dict]:
    return [card(report) for report in reports]
