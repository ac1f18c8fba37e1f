"""Days of the law, always with their year."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from community.core import ui

register = template.Library()


@register.simple_tag
def legal_day(day: date) -> SafeString:
    if day.day == 1:
        words = format_html("1<sup>er</sup> {} {}", ui.MONTHS[day.month - 1], day.year)
    else:
        words = f"{day.day} {ui.MONTHS[day.month - 1]} {day.year}"
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), words)
