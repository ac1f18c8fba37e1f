"""How other rooms show questions: each tag calls one selector."""

from django import template
from django.utils.safestring import mark_safe

from community.core import contents
from community.core.pagecache import watch_also
from community.core.richtext import excerpt

from .. import addresses
from ..markup import Markup
from ..row_markup import RowMarkup
from ..selectors import home

register = template.Library()


@register.filter
def question_url(question) -> str:
    return addresses.question_url(question)


@register.simple_tag
def answers_of_page(rows: list, read_at) -> str:
    """`rows` of selectors.post_rows, written by qa.markup: a template would walk the same lines for each of them."""
    markup = Markup()
    return mark_safe("".join(markup.answer(row, read_at) for row in rows))


@register.simple_tag(takes_context=True)
def question_rows(context, rows: list[dict]) -> str:
    """`rows` of selectors.rows, as lines of an `<ol class="ruled">`."""
    if not any(row["watch_url"] for row in rows):
        # A visitor's page is kept: it carries no token.
        return RowMarkup(csrf_token="", next_url="").rows(rows)
    return RowMarkup(csrf_token=str(context["csrf_token"]), next_url=context["request"].get_full_path()).rows(rows)


@register.simple_tag
def comments_of(row) -> str:
    return mark_safe(Markup().comments_of(row))


@register.simple_tag
def content_card(obj) -> dict:
    kind = contents.kind_of(obj)
    text = getattr(obj, "body_text", None) or getattr(obj, "plain_text", None) or getattr(obj, "text", "")
    return {
        "label": kind.label,
        "title": kind.title(obj),
        "url": kind.url(obj),
        "excerpt": excerpt(text, 220),
        "author": kind.displayed_author(obj).name,
        "date": obj.created_at,
    }


@register.simple_tag(takes_context=True)
def recent_questions(context, limit: int = 5) -> list[dict]:
    return home.recent_rows(context["request"].user, limit)


@register.simple_tag(takes_context=True)
def resolved_questions(context, limit: int, but: list[dict]) -> list[dict]:
    return home.resolved_rows(context["request"].user, limit, but=but)


@register.simple_tag(takes_context=True)
def unanswered_for_me(context, limit: int = 4) -> list[dict]:
    """Unanswered questions in the fields that the member follows or practises."""
    return home.unanswered_rows(context["request"].user, limit)


@register.simple_tag(takes_context=True)
def unanswered_questions(context, limit: int = 4) -> list[dict]:
    return home.unanswered_anywhere_rows(context["request"].user, limit)


@register.simple_tag(takes_context=True)
def unread_questions(context, limit: int = 4) -> list[dict]:
    return home.unread_rows(context["request"].user, limit)


@register.simple_tag
def top_families() -> list[dict]:
    return home.top_families()


@register.simple_tag
def community_figures() -> dict:
    return home.community_figures()


@register.simple_tag(takes_context=True)
def questions_of_space(context, space, limit: int = 10) -> list[dict]:
    return home.rows_of_space(context["request"].user, space, limit)


@register.simple_tag(takes_context=True)
def discussion_of(context, kind: str, pk: int) -> list[dict]:
    """The thread opened to speak of a content, as one row; nothing when there is none that the reader sees."""
    request = context["request"]
    thread = home.discussion_of(request.user, (kind, pk))
    watch_also(request, thread)
    return home.rows_of(request.user, thread)


@register.simple_tag(takes_context=True)
def contributions_of(context, member, limit: int = 10) -> list[dict]:
    """What the member signed with their name and the reader may see."""
    return home.contributions_of(context["request"].user, member, limit)
