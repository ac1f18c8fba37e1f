"""How other rooms show what became of a clause."""

from django import template

from ..selectors.usage import Usages, usages_of

register = template.Library()


@register.simple_tag(takes_context=True)
def clause_usages(context, clause) -> Usages:
    return usages_of(context["request"].user, clause)
