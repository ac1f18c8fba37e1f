"""Mentions are written `@[Nom affiché](membre:PUBLICID)`; the name there is only a hint."""

import re
from collections.abc import Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# The one form of a mention: the renderer knows no other, so rewriting the names rewrites them all.
MENTION = re.compile(r"@\[((?:[^\[\]\\\n]|\\[^\n]){1,200})\]\(membre:([A-Za-z0-9_-]{1,64})\)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|!&])")
# Mentions, and addresses, which are links wherever they stand.
_AS_IT_IS = re.compile(rf"{MENTION.pattern}|https?://[^\s<>\[\]`*\\|]+")
_INDENT = re.compile(r"(?m)^[ \t]+")
_BLOCK = re.compile(r"(?m)^([#+=-]|\d{1,9}(?=[.)]))")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>~|!&])")


def escape_markdown(text: str) -> str:
    """A one-line text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def plain_as_markdown(text: str) -> str:
    """A plain text of several lines that Markdown shows as it is, its mentions kept."""
    pieces, end = [], 0
    for match in _AS_IT_IS.finditer(text):
        pieces += [_SPECIAL.sub(r"\\\1", text[end : match.start()]), match[0]]
        end = match.end()
    escaped = _INDENT.sub("", "".join([*pieces, _SPECIAL.sub(r"\\\1", text[end:])]))
    return _BLOCK.sub(lambda found: f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}", escaped)


def set_mention_names(markdown: str, names: Mapping[str, str]) -> str:
    """Write each member's displayed name into their mentions, so nobody is mentioned under another's name.

    `names` goes from public id to name. A mention of anyone else loses its link and keeps its words.
    """

    def rewrite(match: re.Match[str]) -> str:
        name = names.get(match[2])
        if name is None:
            return match[1]
        return f"@[{escape_markdown(name)}](membre:{match[2]})"

    return MENTION.sub(rewrite, markdown)


def mentioned_in(text: str) -> tuple[str, ...]:
    """The public ids that a plain text mentions, once each; members who exist or not."""
    return tuple(dict.fromkeys(match[2] for match in MENTION.finditer(text)))


def plain_mentions(text: str) -> str:
    """A plain text as it is read: « @Nom » in place of each mention."""
    return MENTION.sub(lambda match: f"@{_plain_name(match)}", text)


def drop_mentions(text: str, *, kept: Mapping[str, str]) -> str:
    """A plain text whose mentions of anyone but `kept` (public id to displayed name) are words again."""

    def rewrite(match: re.Match[str]) -> str:
        name = kept.get(match[2])
        if name is None:
            return f"@{_plain_name(match)}"
        return f"@[{escape_markdown(name)}](membre:{match[2]})"

    return MENTION.sub(rewrite, text)


def link_mentions(text: str) -> SafeString:
    """A plain text, escaped, whose mentions lead to profiles as they do in a rich text."""
    pieces, end = [], 0
    for match in MENTION.finditer(text):
        pieces.append(escape(text[end : match.start()]))
        pieces.append(f'<a class="mention" href="/membres/{match[2]}/">@{escape(_plain_name(match))}</a>')
        end = match.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308  each piece is escaped


def _plain_name(match: re.Match[str]) -> str:
    return _ESCAPED.sub(r"\1", match[1])
