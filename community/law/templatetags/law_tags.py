from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.core import ui
from community.core.templatetags.ui import icon

from ..states import LawState

register = template.Library()

SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
FIRST = format_html("1<sup>{}</sup>", "er")
DRESS = {
    LawState.IN_FORCE: ("success", "check"),
    LawState.NOT_YET: ("info", "calendar"),
    LawState.REPLACED: ("danger", "x"),
    LawState.REPEALED: ("danger", "x"),
}


@register.simple_tag
def date_block(day: date, year: str = "") -> SafeString:
    """A day, or a year alone when nothing more is known."""
    if year:
        return format_html(
            '<time class="date-block" datetime="{}"><span>{}</span><b>{}</b></time>', year, _("année"), year
        )
    number = FIRST if day.day == 1 else day.day
    return format_html(
        '<time class="date-block" datetime="{}"><span>{}</span><b>{}</b><span>{}</span></time>',
        day.isoformat(),
        SHORT_MONTHS[day.month - 1],
        number,
        day.year,
    )


@register.simple_tag
def legal_day(day: date) -> SafeString:
    """A day of the law, always with its year: it is read beside those of other years."""
    number = FIRST if day.day == 1 else day.day
    return format_html(
        '<time datetime="{}">{} {} {}</time>', day.isoformat(), number, ui.MONTHS[day.month - 1], day.year
    )


@register.simple_tag
def checked(thing) -> SafeString:
    """« Vérifié le 12 novembre 2026, source : … », or « à vérifier » as long as nobody read it again."""
    source = format_html(" · {}{}", _("source\u00a0: "), ui.typography(thing.source)) if thing.source else ""
    if thing.to_check or thing.verified_on is None:
        mark = format_html('<span class="status" data-tone="warning">{}{}</span>', icon("circle-help"), _("À vérifier"))
        return format_html("{}{}", mark, source)
    return format_html("{} {}{}", _("Vérifié le"), legal_day(thing.verified_on), source)


@register.simple_tag
def law_state(state: LawState) -> SafeString:
    tone, symbol = DRESS[state]
    return format_html('<span class="status" data-tone="{}">{}{}</span>', tone, icon(symbol), state.label)
