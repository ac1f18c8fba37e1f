from .calendar import CalendarFilter, Line, calendar_groups, essentials
from .citing import Citing, contents_citing, open_citing_counts
from .texts import (
    History,
    get_obligation_or_404,
    get_provision_or_404,
    get_text_or_404,
    get_threshold_or_404,
    history_of,
    jurists,
    texts_by_nature,
    thresholds_by_key,
    timeline,
)

__all__ = [
    "CalendarFilter",
    "Citing",
    "History",
    "Line",
    "calendar_groups",
    "contents_citing",
    "essentials",
    "get_obligation_or_404",
    "get_provision_or_404",
    "get_text_or_404",
    "get_threshold_or_404",
    "history_of",
    "jurists",
    "open_citing_counts",
    "texts_by_nature",
    "thresholds_by_key",
    "timeline",
]
