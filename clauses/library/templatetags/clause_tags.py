"""How other rooms show clauses: each tag calls one selector."""

from django import template
from django.utils.safestring import mark_safe

from .. import addresses, markup
from ..selectors import home

register = template.Library()


@register.filter
def clause_url(clause) -> str:
    return addresses.clause_url(clause)


@register.simple_tag
def clause_cards(rows: list[dict], heading: str = "h3", *, compare: bool = False) -> str:
    """`rows` of selectors.rows, as items of a list; `compare` adds the box that chooses them."""
    return markup.CardMarkup(heading=heading, compare=frozenset() if compare else None).cards(rows)


@register.simple_tag
def ambition(level: int, label: str) -> str:
    return mark_safe(markup.ambition(level, label))


@register.simple_tag
def clause_status(status: dict) -> str:
    return mark_safe(markup.status(status))


@register.simple_tag(takes_context=True)
def recent_clauses(context, limit: int = 2) -> list[dict]:
    return home.recent_rows(context["request"].user, limit)


@register.simple_tag(takes_context=True)
def clauses_for_me(context, limit: int = 2) -> list[dict]:
    """Of the families that the member follows or practises."""
    return home.rows_for(context["request"].user, limit)
