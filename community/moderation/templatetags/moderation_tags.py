from django import template

from ..models import FlagReason

register = template.Library()


@register.simple_tag
def flag_reasons() -> list[dict]:
    """What `components/report_dialog.html` lists."""
    return [{"value": value, "label": label} for value, label in FlagReason.choices]
