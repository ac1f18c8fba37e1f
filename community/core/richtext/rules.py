"""Our changes to the Markdown grammar: caps that lose no text, and links on bare addresses.

The library stops at its nesting limit by dropping what is deeper. Here a quote or a list too deep simply
stays text, as does a table wider than any screen.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.blockquote import blockquote
from markdown_it.rules_block.list import list_block
from markdown_it.rules_block.table import table
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.link import link

MAX_BLOCK_LEVEL = 12
MAX_QUOTE_LEVEL = 6
MAX_TABLE_COLUMNS = 40
MAX_URL = 2000

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]

_BARE_URL = re.compile(rf"://[^\s<>\"`«»“”|\\\x00-\x20]{{1,{MAX_URL}}}")
_SCHEME = re.compile(r"(?<![a-z0-9])https?$", re.IGNORECASE)
_LINK_TAIL = "?!.,:;*_~'’…"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def _capped(rule: BlockRule, most: int) -> BlockRule:
    def capped(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < most and rule(state, start, end, silent)

    return capped


def _closed_later(rule: InlineRule) -> InlineRule:
    """Thousands of brackets that nothing closes would each be followed to the end."""

    def closed_later(state: StateInline, silent: bool) -> bool:
        return state.src.rfind("]", state.pos) > 0 and rule(state, silent)

    return closed_later


def _narrow_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # Each row is completed to the width of the header: a wide one would multiply the page's weight.
    if start + 1 < end and state.level < MAX_BLOCK_LEVEL:
        ruler = state.src[state.bMarks[start + 1] : state.eMarks[start + 1]]
        if ruler.count("|") <= MAX_TABLE_COLUMNS:
            return table(state, start, end, silent)
    return False


def _trim_url(url: str) -> str:
    """The address without the punctuation of the sentence around it."""
    while url:
        last = url[-1]
        opening = _BRACKETS.get(last)
        if last in _LINK_TAIL or (opening and url.count(last) > url.count(opening)):
            url = url[:-1]
        else:
            break
    return url


def _bare_url(state: StateInline, silent: bool) -> bool:
    """`http://…` and `https://…` written in full become links; nothing else does."""
    if state.src[state.pos] != ":" or state.linkLevel:
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    rest = _BARE_URL.match(state.src, state.pos, state.posMax) if scheme else None
    if not scheme or not rest:
        return False
    after = _trim_url(rest[0])
    if len(after) <= len("://"):
        return False
    if not silent:
        url = scheme[0] + after
        state.pending = state.pending[: -len(scheme[0])]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": state.md.normalizeLink(url)}
        text = state.push("text", "", 0)
        text.content = url
        state.push("link_close", "a", -1)
    state.pos += len(after)
    return True


def build_parser() -> MarkdownIt:
    """CommonMark, tables and strikethrough; HTML is text; a line end is a line end."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 40})
    parser.disable(["html_block", "html_inline"])
    parser.enable(["table", "strikethrough"])
    block = parser.block.ruler
    block.at(
        "blockquote", _capped(blockquote, MAX_QUOTE_LEVEL), {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    block.at("list", _capped(list_block, MAX_BLOCK_LEVEL), {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("table", _narrow_table, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.at("link", _closed_later(link))
    parser.inline.ruler.at("image", _closed_later(image))
    parser.inline.ruler.before("autolink", "bare_url", _bare_url)
    return parser
