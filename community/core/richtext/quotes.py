"""Quoting a post: its words, whose they are, and the way back to them."""

from .mentions import escape_markdown, set_mention_names
from .text import normalise_text

MAX_QUOTE = 1_500
MAX_QUOTE_LINES = 30


def quote(markdown: str, author_name: str, url: str) -> str:
    """A Markdown block quote with its source under it, followed by the line where the answer begins.

    The quoted text is cut to `MAX_QUOTE` characters and `MAX_QUOTE_LINES` lines, between words; what it
    quoted itself is left out, and whom it mentioned is not mentioned again. `url` is the permalink, a path of this
    site.
    """
    lines = _own_words(markdown)
    if not lines:
        return ""
    source = f"> — [{escape_markdown(author_name)}]({url})"
    quoted = "\n".join(f"> {line}".rstrip() for line in lines)
    return f"{quoted}\n>\n{source}\n\n"


def _own_words(markdown: str) -> list[str]:
    markdown = set_mention_names(normalise_text(markdown), {})
    lines = [line for line in markdown.split("\n") if not line.lstrip().startswith(">")]
    text = "\n".join(lines).strip("\n")
    cut = len(text) > MAX_QUOTE
    if cut:
        text = text[:MAX_QUOTE].rsplit(maxsplit=1)[0] if " " in text[:MAX_QUOTE] else text[:MAX_QUOTE]
    lines = text.split("\n") if text.strip() else []
    if len(lines) > MAX_QUOTE_LINES:
        lines, cut = lines[:MAX_QUOTE_LINES], True
    if cut:
        lines.append("…")
    return _close_fence(lines)


def _close_fence(lines: list[str]) -> list[str]:
    """A code block cut in its middle would swallow the source line."""
    fence = ""
    for line in lines:
        mark = line.lstrip()[:3]
        if not fence and mark in ("```", "~~~"):
            fence = mark
        elif fence and line.strip().startswith(fence):
            fence = ""
    return [*lines, fence] if fence else lines


def remove_full_quote(markdown: str, previous: str) -> str:
    """The text without a quote of the whole post it directly follows: readers have just read it."""
    text = normalise_text(markdown)
    if not text.lstrip().startswith(">"):
        return text
    lines = text.lstrip("\n").split("\n")
    end = next((index for index, line in enumerate(lines) if not line.startswith(">")), len(lines))
    words = "\n".join(line[1:] for line in lines[:end] if not line.startswith("> — [")).split()
    rest = "\n".join(lines[end:]).strip("\n")
    return rest if rest and words == " ".join(_own_words(previous)).split() else text
