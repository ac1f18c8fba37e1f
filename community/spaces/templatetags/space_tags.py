from django import template

from community.spaces import selectors

register = template.Library()


@register.simple_tag(takes_context=True)
def spaces_in_common(context, member):
    """The spaces where the reader of the page and this member both are."""
    return selectors.spaces_in_common(context["request"].user, member)
