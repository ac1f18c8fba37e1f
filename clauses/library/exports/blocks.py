"""What a document is made of, whatever its format: headings, paragraphs, lists, tables, and runs of words in them.

Texts come from the renderer's HTML, already sanitised; nothing here trusts it further than its words.
"""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

# What XML 1.0 cannot carry, and what turns the reading order of the words around it.
_UNPRINTABLE = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
)
_BIDI = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_UNWANTED = _UNPRINTABLE | _BIDI
MAX_LINK = 2_000
# In letters: a column whose cells say little, one whose cells say much, what borders take, a line of the page.
_NARROW, _WIDE, _ASIDE, _LINE = 6, 60, 3, 80
# Word opens no file whose tables are wider, or whose lists start further.
MAX_COLUMNS, MAX_NUMBER = 60, 32_000
_OPENED = ("http://", "https://", "mailto:")
# What word processors refuse in an address, and then the whole file with it.
_UNSAFE = re.compile(r"""[\x00-\x20"<>\\^`{|}\[\]\x7f]|%(?![0-9A-Fa-f]{2})""")


def clean(text: str) -> str:
    """Words that any word processor opens and shows in the order they are written."""
    return text.translate(_UNWANTED)


def safe_link(link: str) -> str:
    """An address that every word processor takes, or nothing."""
    if not link.startswith(_OPENED):
        return ""
    try:
        parts = urlsplit(link)
        is_whole = parts.scheme == "mailto" or (parts.hostname and parts.port != 0)
    except ValueError:
        return ""
    safe = _UNSAFE.sub(lambda found: f"%{ord(found[0][0]):02X}", clean(link)) if is_whole else ""
    return safe if len(safe) <= MAX_LINK else ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one dress. `variable`: still to be filled in; `link`: where they lead."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    variable: bool = False
    link: str = ""


@dataclass(slots=True)
class Heading:
    """In a document that numbers its headings, `is_numbered` is False for one that brings its own number or needs
    none; `opens_page`: at the top of a page.
    """

    level: int
    runs: list[Run]
    is_numbered: bool = True
    opens_page: bool = False


@dataclass(slots=True)
class Paragraph:
    """`style`: "" or one of STYLES; `depth`: of the item that a « continue » goes on with."""

    runs: list[Run]
    style: str = ""
    depth: int = 0


@dataclass(slots=True)
class Item:
    """A line of a list; `depth` from 0; `number` for numbered ones; `starts`: the first of its list."""

    runs: list[Run]
    depth: int = 0
    number: int | None = None
    starts: bool = False


@dataclass(slots=True)
class Table:
    """`rows` are lists of cells, each a list of runs; the header is always there."""

    title: str
    header: list[list[Run]]
    rows: list[list[list[Run]]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max(1, *(len(row) for row in (self.header, *self.rows)))

    def columns(self, width: int) -> list[int]:
        """`width` shared by what the cells say: a mark takes less room than what it is given for, and no column is
        narrower than its longest word as long as the page has the room.
        """
        narrow, wanted = [_NARROW] * self.width, [_NARROW] * self.width
        for row in (self.header, *self.rows):
            for place, cell in enumerate(row):
                text = "".join(run.text for run in cell)
                longest = max((len(word) for word in text.split()), default=0)
                narrow[place] = max(narrow[place], min(longest + _ASIDE, _WIDE))
                wanted[place] = max(wanted[place], narrow[place], min(len(text) + _ASIDE, _WIDE))
        free = max(_LINE - sum(narrow), 0)
        more = [much - little for little, much in zip(narrow, wanted, strict=True)]
        shares = [little + free * each / max(sum(more), 1) for little, each in zip(narrow, more, strict=True)]
        return [int(width * share / sum(shares)) for share in shares]


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of the two first levels, with their numbers and their pages."""

    title: str


Block = Heading | Paragraph | Item | Table | Contents
# « source »: where a text comes from; « subtitle »: under the title; « continue »: the next paragraph of an item.
STYLES = ("quote", "source", "subtitle", "continue")


@dataclass(frozen=True, slots=True)
class Document:
    """`subject` and `source` go to the properties of the file.

    `is_book`: its title stands above headings that start at the first level and are numbered (`numbering`); otherwise
    the title is the only heading of that level. `header`: at the top of every page, whose numbers are at the bottom.
    """

    title: str
    subject: str
    source: str
    blocks: list[Block]
    is_book: bool = False
    header: str = ""


def words(text: str, **dress) -> list[Run]:
    return [Run(clean(text), **dress)] if text else []


_BLOCKS = {"p", "h3", "h4", "h5", "h6", "li", "pre", "td", "th"}
_SPACES = re.compile(r"[ \t\r\n]+")
_DRESS = {"strong": "bold", "em": "italic", "del": "struck", "s": "struck", "code": "code"}


@dataclass(slots=True)
class _List:
    """One that is open: `number` of its next line, None for bullets."""

    number: int | None
    is_new: bool = True


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self.dress: dict[str, int] = {}
        self.links: list[str] = []
        self.variable: str | None = None
        self.lists: list[_List] = []
        # Whether the first words of the present item are still to come: what follows them is a plain paragraph.
        self.opens_item = False
        self.is_verbatim = False
        self.quotes = 0
        self.table: Table | None = None
        self.row: list[list[Run]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _DRESS:
            self.dress[_DRESS[tag]] = self.dress.get(_DRESS[tag], 0) + 1
        elif tag == "a":
            self.links.append((given.get("href") or "")[:MAX_LINK])
        elif tag == "mark":
            self.variable = given.get("data-state") or "open"
        elif tag == "br":
            self.add("\n")
        elif tag == "img":
            self.add(f"[{given.get('alt') or ''}]")
        elif tag in ("ul", "ol"):
            self.flush()
            self.lists.append(_List(min(int(given.get("start") or 1), MAX_NUMBER) if tag == "ol" else None))
        elif tag == "blockquote":
            self.quotes += 1
        elif tag == "table":
            self.flush()
            self.table = Table(title="", header=[])
        elif tag == "tr":
            self.row = []
        elif tag in _BLOCKS:
            self.flush()
            self.opens_item |= tag == "li"
            self.is_verbatim |= tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in _DRESS:
            self.dress[_DRESS[tag]] = max(self.dress.get(_DRESS[tag], 0) - 1, 0)
        elif tag == "a" and self.links:
            self.links.pop()
        elif tag == "mark":
            self.variable = None
        elif tag in ("td", "th"):
            self.row.append(self.take())
        elif tag == "tr" and self.table is not None:
            self.end_row()
        elif tag == "table" and self.table is not None:
            self.blocks.append(self.table)
            self.table = None
        elif tag in ("ul", "ol"):
            self.flush()
            if self.lists:
                self.lists.pop()
        elif tag == "blockquote":
            self.flush()
            self.quotes -= 1
        elif tag in ("h3", "h4", "h5", "h6"):
            runs = self.take()
            if runs:
                self.blocks.append(Heading(int(tag[1]), runs))
        elif tag in _BLOCKS:
            self.flush()
            self.is_verbatim &= tag != "pre"

    def end_row(self) -> None:
        row = self.row[:MAX_COLUMNS]
        # What does not fit stands at the end of the last cell: nothing is lost.
        for cell in self.row[MAX_COLUMNS:]:
            row[-1] = [*row[-1], *words(" "), *cell]
        if not self.table.header:
            self.table.header = row
        else:
            self.table.rows.append(row)

    def handle_data(self, data: str) -> None:
        if not self.is_verbatim:
            data = _SPACES.sub(" ", data)
        if data.strip() or self.runs:
            self.add(data)

    def add(self, text: str) -> None:
        text = clean(text)
        if text:
            dress = {name: True for name, depth in self.dress.items() if depth}
            link = self.links[-1] if self.links else ""
            self.runs.append(Run(text, variable=self.variable == "open", link=link, **dress))

    def take(self) -> list[Run]:
        runs, self.runs = self.runs, []
        while runs and not runs[-1].text.strip():
            runs.pop()
        if runs:
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" \n"))
        return runs

    def flush(self) -> None:
        if self.table is not None:
            # Cells are taken whole, whatever stands in them.
            return
        runs = self.take()
        if not runs:
            return
        depth = len(self.lists) - 1
        if self.lists and self.opens_item:
            self.opens_item = False
            current = self.lists[-1]
            self.blocks.append(Item(runs, depth, current.number, starts=current.is_new))
            current.is_new = False
            if current.number is not None:
                current.number += 1
        elif self.quotes > 0:
            self.blocks.append(Paragraph(runs, "quote"))
        else:
            self.blocks.append(Paragraph(runs, "continue", depth) if self.lists else Paragraph(runs))


def blocks_of(html: str, *, base_level: int = 3) -> list[Block]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.table = None
    reader.flush()
    set_levels(reader.blocks, base_level)
    return reader.blocks


def set_levels(blocks: list[Block], base_level: int) -> None:
    """The writer's headings follow those of the document without a step missing."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    for heading, level in zip(headings, levels([each.level for each in headings], base_level), strict=True):
        heading.level = level


def levels(found: list[int], first: int) -> list[int]:
    """These levels moved so that they start at `first` and never go down by more than one step."""
    moved: list[int] = []
    top = min(found, default=first)
    for level in found:
        highest = moved[-1] + 1 if moved else first
        moved.append(min(first + level - top, highest, 6))
    return moved
