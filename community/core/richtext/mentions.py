"""Mentions are written `@[Nom affiché](membre:PUBLICID)`; the name there is only a hint."""

import re
from collections.abc import Mapping

# The one form of a mention: the renderer knows no other, so rewriting the names rewrites them all.
MENTION = re.compile(r"@\[((?:[^\[\]\\\n]|\\[^\n]){1,200})\]\(membre:([A-Za-z0-9_-]{1,64})\)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|!&])")


def escape_markdown(text: str) -> str:
    """A one-line text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


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
