"""How other rooms show what was told: each tag calls one selector."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from community.core.pagecache import watch_also

from .. import markup
from ..rows import cards_of
from ..selectors.experience import reports_applying, reports_in_family, signed_by
from ..selectors.usage import Usages, usages_of

register = template.Library()
SHOWN = 3
SIGNED = 5


@register.simple_tag
def titled(level: str, words: str) -> SafeString:
    """A heading whose level is that of its page: a report is shown alone, or within the form that previews it."""
    return format_html("<{level}>{words}</{level}>", level=level, words=words)


@register.simple_tag(takes_context=True)
def clause_usages(context, clause) -> Usages:
    return usages_of(context["request"].user, clause)


@register.simple_tag(takes_context=True)
def clause_experiences(context, clause) -> SafeString:
    """The latest reports that applied a clause, as items of a list."""
    return cards(context["request"], reports_applying(context["request"].user, clause, SHOWN))


@register.simple_tag(takes_context=True)
def family_experiences(context, family) -> SafeString:
    """The latest reports of a family and of those below it, as items of a list."""
    return cards(context["request"], reports_in_family(context["request"].user, family, SHOWN))


@register.simple_tag(takes_context=True)
def member_experiences(context, member) -> SafeString:
    """The latest reports that a member signed, as items of a list."""
    return cards(context["request"], signed_by(context["request"].user, member, SIGNED))


@register.simple_tag(takes_context=True)
def experience_cards(context, reports: list) -> SafeString:
    """Reports that a page has read already, as items of a list."""
    return cards(context["request"], reports)


def cards(request, reports: list) -> SafeString:
    watch_also(request, reports)
    return markup.cards(cards_of(reports))
