from django import template
from django.utils.translation import gettext_lazy as _

from ..models import Level
from ..selectors import is_unseen, level_of, unseen_count, unseen_keys

register = template.Library()

HINTS = {
    Level.ALL: _("Réponses, commentaires, changements"),
    Level.ESSENTIAL: _("Réponse retenue, avis d’expert, alerte"),
    Level.NONE: "",
}


@register.simple_tag(takes_context=True)
def unseen_notifications(context) -> int:
    """How many unseen notifications the reader of the page has, among what she may see; 0 for a visitor."""
    return unseen_count(context["request"].user, _unseen_of_page(context))


@register.simple_tag(takes_context=True)
def has_unseen_about(context, kind: str, pk: int) -> bool:
    """The bell of the page has asked for what is unseen: it is not asked twice."""
    return is_unseen(_unseen_of_page(context), kind, pk)


def _unseen_of_page(context) -> list[tuple[str, int, str, int]]:
    request = context["request"]
    rows = request.__dict__.get("unseen_notifications")
    if rows is None:
        rows = request.__dict__["unseen_notifications"] = unseen_keys(request.user)
    return rows


@register.simple_tag
def watch_choices(level: str) -> list[dict]:
    """What `components/watch.html` lists, with the present level checked."""
    return [
        {"value": value, "label": label, "hint": HINTS[value], "checked": value == level}
        for value, label in Level.choices
    ]


@register.simple_tag(takes_context=True)
def watch_level(context, kind: str, pk: int) -> str:
    return level_of(context["request"].user, kind, pk)
