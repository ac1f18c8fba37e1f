"""Rich text: Markdown in the database, rendered and sanitised once into a column."""

from .mentions import (
    drop_mentions,
    escape_markdown,
    link_mentions,
    mentioned_in,
    plain_as_markdown,
    plain_mentions,
    set_mention_names,
)
from .quotes import quote, remove_full_quote
from .renderer import MAX_MARKDOWN, RENDERER_VERSION, MarkdownTooLong, Rendered, render
from .text import excerpt, normalise_text
from .typed_names import link_names, names_in_markdown, names_in_text

__all__ = [
    "MAX_MARKDOWN",
    "RENDERER_VERSION",
    "MarkdownTooLong",
    "Rendered",
    "drop_mentions",
    "escape_markdown",
    "excerpt",
    "link_mentions",
    "link_names",
    "mentioned_in",
    "names_in_markdown",
    "names_in_text",
    "normalise_text",
    "plain_as_markdown",
    "plain_mentions",
    "quote",
    "remove_full_quote",
    "render",
    "set_mention_names",
]
