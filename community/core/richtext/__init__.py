"""Rich text: Markdown in the database, rendered and sanitised once into a column."""

from .mentions import escape_markdown, set_mention_names
from .quotes import quote, remove_full_quote
from .renderer import MAX_MARKDOWN, RENDERER_VERSION, MarkdownTooLong, Rendered, render
from .text import excerpt, normalise_text

__all__ = [
    "MAX_MARKDOWN",
    "RENDERER_VERSION",
    "MarkdownTooLong",
    "Rendered",
    "escape_markdown",
    "excerpt",
    "normalise_text",
    "quote",
    "remove_full_quote",
    "render",
    "set_mention_names",
]
