"""HTML from elsewhere (Stack Exchange, Word, the web) turned into our Markdown. Raw HTML never comes out.

nh3 parses it first, as a browser would, and gives back balanced tags with quoted attributes: reading that is then
one linear pass. Words are kept; what Markdown cannot say (colours, sizes, merged cells) is left out.
"""

import html
import re
from dataclasses import dataclass, field

import nh3

from community.core.richtext.text import normalise_text

# Deeper elements give their text to the one around them.
MAX_DEPTH = 24
MAX_COLUMNS = 40
# The parser's time grows with the square of the depth: beyond this, tags are dropped before it.
MAX_SOURCE_DEPTH = 500

_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "s": "~~", "del": "~~", "strike": "~~"}
_CODE = {"code", "kbd", "samp", "tt"}
_ROWS = {"tr", "thead", "tbody", "tfoot", "caption"}
_LISTS = {"ul", "ol"}
_BLOCKS = {"p", "div", "section", "article", "blockquote", "pre", "li", "dl", "dt", "dd", "table", "td", "th"}
_BLOCKS |= _ROWS | _LISTS | _HEADINGS.keys()
_VOID = {"br", "hr", "img"}
_TAGS = _BLOCKS | _VOID | _CODE | _EMPHASIS.keys() | {"a", "span", "sup"}

_cleaner = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style", "head", "title", "template", "noscript"},
    attributes={
        "a": {"href"},
        "b": {"style"},
        "p": {"style"},
        "img": {"src", "alt"},
        "ol": {"start"},
        "td": {"colspan"},
        "th": {"colspan"},
    },
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
)
_NESTING_TAG = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|dt|dd|br|hr|img|thead|tbody|tfoot|option|meta|link|col|input)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*) ?/?>|([^<]+)')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_SPACE = re.compile(r"[ \t\n\r\f]+")
_WORD_LIST = re.compile(r"mso-list:[^;]*?level(\d)")
_WORD_BULLET = re.compile(r"(?:\\?[·•o§▪\-–]|\d{1,3}\\?[.)])[\s\u00a0]+")

_SPECIAL = re.compile(r"([\\`*\[<|])|(?<![^\W_])(_)|(_)(?![^\W_])|(&)(?=#?\w{1,32};)|(~)(?=~)|(?<=~)(~)")
_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SPECIAL_SIGN = re.compile(r"[\\`*\[<|_&~]")
_RAISED = re.compile(r"[0-9+\-=()n]+")
_LINE_START = re.compile(r"^(\s*)([-+](?=\s|$)|-+(?=\s*$)|#{1,6}(?=\s|$)|>|=+(?=\s*$)|~{3})", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_URL_ESCAPES = str.maketrans({"(": "%28", ")": "%29", " ": "%20", "<": "%3C", ">": "%3E", "\\": "%5C", "\n": None})


@dataclass(slots=True)
class _Emphasis:
    marker: str
    text: str


@dataclass(slots=True)
class _Block:
    text: str
    kind: str = "p"


_Piece = str | _Emphasis | _Block


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    pieces: list[_Piece] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def html_to_markdown(source: str) -> str:
    """Markdown that renders to the words, links, lists, tables, quotes and code of the HTML."""
    stack = [_Element("")]
    skipped = 0
    source = normalise_text(source)
    if _too_deep(source):
        source = _ANY_TAG.sub(" ", source)
    for closing, tag, attributes, text in _TOKEN.findall(_cleaner.clean(source)):
        if text:
            _add_text(stack, html.unescape(text))
        elif tag in _VOID:
            _add_void(stack, tag, attributes)
        elif not closing:
            if len(stack) > MAX_DEPTH:
                skipped += 1
            else:
                stack.append(_Element(tag, dict(_ATTRIBUTE.findall(attributes)) if attributes else {}))
        elif skipped:
            skipped -= 1
        else:
            _close(stack.pop(), stack)
    return normalise_text(_blocks(stack[0].pieces).strip("\n"))


def _too_deep(source: str) -> bool:
    depth = 0
    for match in _NESTING_TAG.finditer(source):
        depth += -1 if match[1] else 1
        if depth > MAX_SOURCE_DEPTH:
            return True
    return False


def _verbatim(stack: list[_Element]) -> str:
    """`pre` or `code` when the text being read is code, nothing otherwise."""
    tags = [element.tag for element in stack]
    if "pre" in tags:
        return "pre"
    return "code" if _CODE.intersection(tags) else ""


def _add_text(stack: list[_Element], text: str) -> None:
    if _verbatim(stack):
        stack[-1].pieces.append(text)
    else:
        stack[-1].pieces.append(_escape(_SPACE.sub(" ", text)))


def _add_void(stack: list[_Element], tag: str, attributes: str) -> None:
    pieces = stack[-1].pieces
    if tag == "br":
        pieces.append("\n" if _verbatim(stack) else "  \n")
    elif tag == "hr":
        pieces.append(_Block("---"))
    elif not _verbatim(stack):
        values = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
        label = _escape(_SPACE.sub(" ", values.get("alt", "")).strip())
        if any(element.tag == "a" for element in stack) or not values.get("src"):
            pieces.append(label)
        else:
            pieces.append(_link(label or "image", values["src"]))


def _escape(text: str) -> str:
    return text if _SPECIAL_SIGN.search(text) is None else _SPECIAL.sub(lambda match: "\\" + match[0], text)


def _link(label: str, href: str) -> str:
    return f"[{label.replace(']', chr(92) + ']')}]({href.translate(_URL_ESCAPES)})"


def _close(element: _Element, stack: list[_Element]) -> None:
    """Turn a finished element into Markdown, given to the one around it."""
    tag, parent = element.tag, stack[-1]
    if _verbatim(stack) or tag == "pre" or tag in _CODE:
        _close_code(element, stack)
    elif tag in _EMPHASIS:
        text = _inline(element.pieces)
        plain = tag == "b" and "font-weight:normal" in element.attributes.get("style", "").replace(" ", "")
        parent.pieces.extend([text] if plain else _emphasis(_EMPHASIS[tag], text))
    elif tag == "sup":
        text = _inline(element.pieces)
        parent.pieces.append(text.translate(_SUPERSCRIPTS) if _RAISED.fullmatch(text) else text)
    elif tag == "a":
        _close_link(element, parent)
    elif tag in ("td", "th", "tr", "table"):
        _close_table_part(element, parent)
    elif tag in _BLOCKS:
        text = _block(element)
        if text:
            parent.pieces.append(_Block(text, _kind(element)))
    else:
        parent.pieces.extend(element.pieces)
    if element.rows and tag in _ROWS:
        parent.rows.extend(element.rows)


def _kind(element: _Element) -> str:
    if element.tag == "p" and _WORD_LIST.search(element.attributes.get("style", "")):
        return "wordlist"
    return {"ul": "list", "ol": "list", "li": "li"}.get(element.tag, "p")


def _close_code(element: _Element, stack: list[_Element]) -> None:
    text = "".join(piece if isinstance(piece, str) else piece.text for piece in element.pieces)
    if element.tag == "pre":
        if text.strip():
            stack[-1].pieces.append(_Block(_fenced(text.strip("\n"))))
    elif element.tag in _CODE and not _verbatim(stack):
        stack[-1].pieces.append(_code_span(_SPACE.sub(" ", text)))
    else:
        stack[-1].pieces.append(text)


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _fenced(text: str) -> str:
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}\n{text}\n{fence}"


def _code_span(text: str) -> str:
    if not text.strip():
        return text
    fence = "`" * (_longest_run(text) + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def _emphasis(marker: str, text: str) -> list[_Piece]:
    """Spaces go outside the markers, and a text of several lines keeps none."""
    core = text.strip()
    if not core or "\n" in core:
        return [text]
    return [" " * text.startswith(" "), _Emphasis(marker, core), " " * text.endswith(" ")]


def _close_link(element: _Element, parent: _Element) -> None:
    label = _SPACE.sub(" ", _inline(element.pieces)).strip()
    href = html.unescape(element.attributes.get("href", ""))
    if not href or not label:
        parent.pieces.append(label)
        return
    if parent.pieces and isinstance(parent.pieces[-1], str) and parent.pieces[-1].endswith("!"):
        # « Merci ![guide](…) » would be a picture.
        parent.pieces[-1] = parent.pieces[-1][:-1] + "\\!"
    bare = href.startswith(("http://", "https://")) and _escape(href) == label and "<" not in href
    parent.pieces.append(f"<{href}>" if bare and " " not in href else _link(label, href))


def _inline(pieces: list[_Piece]) -> str:
    """One run of text; markers that Markdown would not read as emphasis where they stand are left out."""
    out: list[str] = []
    last = ""
    for index, piece in enumerate(pieces):
        if isinstance(piece, _Emphasis):
            after = _first_character(pieces[index + 1 : index + 3])
            fits = last != piece.marker[0] and not (last.isalnum() and not piece.text[0].isalnum())
            fits = fits and not (after.isalnum() and not piece.text[-1].isalnum())
            text = f"{piece.marker}{piece.text}{piece.marker}" if fits else piece.text
        elif isinstance(piece, _Block):
            text = f" {piece.text} "
        else:
            text = piece
        if text:
            out.append(text)
            last = text[-1]
    return "".join(out)


def _first_character(pieces: list[_Piece]) -> str:
    for piece in pieces:
        text = piece if isinstance(piece, str) else piece.text
        if text:
            return " " if isinstance(piece, _Block) else text[0]
    return ""


def _blocks(pieces: list[_Piece], *, tight: bool = False) -> str:
    """Paragraphs of the loose text, and the blocks between, separated as Markdown wants.

    `tight` keeps a list against the words it details, so that the list around them stays tight too.
    """
    out: list[_Block] = []
    run: list[_Piece] = []
    for piece in [*pieces, _Block("")]:
        if not isinstance(piece, _Block):
            run.append(piece)
            continue
        paragraph = _paragraph(run)
        run = []
        out.extend(block for block in (_Block(paragraph), piece) if block.text)
    parts: list[str] = []
    for index, block in enumerate(out):
        if index:
            together = block.kind in ("li", "wordlist") and out[index - 1].kind == block.kind
            together = together or (tight and block.text.startswith(("- ", "1. ")) and block.kind == "list")
            parts.append("\n" if together else "\n\n")
        parts.append(block.text)
    return "".join(parts)


def _paragraph(run: list[_Piece]) -> str:
    lines = [line.strip(" ") for line in _inline(run).split("\n")]
    text = "  \n".join(line for line in lines if line.strip())
    return _NUMBERED.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", text))


def _one_line(pieces: list[_Piece]) -> str:
    return _SPACE.sub(" ", _inline(pieces)).strip()


def _block(element: _Element) -> str:
    tag, pieces = element.tag, element.pieces
    if tag in _HEADINGS:
        line = _one_line(pieces)
        return f"{_HEADINGS[tag]} {line}" if line else ""
    if tag == "blockquote":
        text = _blocks(pieces)
        return "\n".join(f"> {line}".rstrip() for line in text.split("\n")) if text else ""
    if tag in _LISTS:
        return _list(element)
    if tag == "dt":
        line = _paragraph(pieces)
        return f"**{line}**" if line and "\n" not in line and line[0].isalnum() and line[-1].isalnum() else line
    word_list = _WORD_LIST.search(element.attributes.get("style", "")) if tag == "p" else None
    if word_list:
        line = _WORD_BULLET.sub("", _one_line(pieces).lstrip("\u00a0 "), count=1)
        return f"{'  ' * (int(word_list[1]) - 1)}- {line}" if line else ""
    return _blocks(pieces, tight=tag == "li")


def _list(element: _Element) -> str:
    start = element.attributes.get("start", "1")
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
    lines: list[str] = []
    for piece in element.pieces:
        text = piece.text if isinstance(piece, _Block | _Emphasis) else piece
        if not text.strip():
            continue
        if isinstance(piece, _Block) and piece.kind == "list":
            # A list put straight into a list belongs to the item above it.
            lines.append("\n".join(f"  {line}".rstrip() for line in text.split("\n")))
            continue
        marker = f"{number}. " if element.tag == "ol" else "- "
        number += 1
        indent = " " * len(marker)
        lines.append(marker + f"\n{indent}".join(text.split("\n")).replace(f"\n{indent}\n", "\n\n"))
    return "\n".join(lines)


def _close_table_part(element: _Element, parent: _Element) -> None:
    if element.tag in ("td", "th"):
        cell = _one_line(element.pieces)
        span = element.attributes.get("colspan", "1")
        extra = min(int(span), MAX_COLUMNS) - 1 if span.isascii() and span.isdigit() and len(span) < 4 else 0
        parent.rows.append([cell, *[""] * max(extra, 0)])
    elif element.tag == "tr":
        # Cells arrive as rows of one: a row is their concatenation.
        element.rows = [[cell for cells in element.rows for cell in cells]]
    else:
        # The caption, and what was put between rows, goes before.
        parent.pieces.extend(_Block(text) for text in (_blocks(element.pieces), _table(element.rows)) if text)


def _table(rows: list[list[str]]) -> str:
    """A pipe table whose first row is the heading; a single cell is layout, not a table."""
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    if width == 0:
        return ""
    if width == 1 and len(rows) == 1:
        return _NUMBERED.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", rows[0][0]))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in padded]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
