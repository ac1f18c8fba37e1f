"""On which page each heading will stand, for the contents to say it before any word processor has counted.

The measures are those of `styles`. Word counts again on opening; who says no, and LibreOffice, which keeps what the
file says, read these: a page is filled here as they fill it, in Arial.
"""

from dataclasses import dataclass

from ..blocks import Block, Contents, Document, Heading, Item, Paragraph, Run, Table
from ..numbering import Entry, outline
from .letters import count_lines
from .numbers import DEPTH
from .styles import BEFORE, BODY, SIZES, SMALL, TEXT_WIDTH

WIDTH, HEIGHT = TEXT_WIDTH / 20, 700.2
# Of Arial, from one line to the next, for a letter of one point; paragraphs stretch it.
_FONT, _STRETCH = 1.149, 1.15
_AFTER, _INDENT, _CELL, _PADDING, _BORDER = 10, 21.25, 10.8, 4.5, 0.5
_TOGETHER = 2


@dataclass(frozen=True, slots=True)
class Lines:
    """`key`: paragraphs of the same list have nothing between them."""

    count: int
    height: float
    before: float = 0
    after: float = _AFTER
    key: str = ""

    @property
    def opening(self) -> int:
        """The lines that no page parts: one is never left alone, at the foot or at the top."""
        return self.count if self.count < _TOGETHER * 2 else _TOGETHER


def heading_pages(document: Document) -> list[int]:
    """By heading, in their order."""
    return _Pages(document).fill()


class _Pages:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.entries = outline(document)
        self.page, self.filled, self.after, self.key = 1, 0.0, 0.0, ""
        # What stands over the first line of a page is kept where the page was asked for, dropped where it came.
        self.keeps_before = True
        self.found: list[int] = []
        self.waiting: list[Lines] = []

    def fill(self) -> list[int]:
        size = 20 if self.document.is_book else SIZES[1] / 2
        title = [Run(self.document.title)]
        self._place(_lines(title, size, after=6 if self.document.is_book else 5, bold=True))
        for block in self.document.blocks:
            self._block(block)
        self._headings(None)
        return self.found

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Contents):
            for lines in _contents(block, self.entries):
                self._place(lines)
        else:
            self._place(_item(block) if isinstance(block, Item) else _paragraph(block))

    def _heading(self, heading: Heading) -> None:
        entry = self.entries[len(self.found) + len(self.waiting)]
        if heading.opens_page:
            self._headings(None)
            self._turn(asked=True)
        lines = _lines([Run(entry.words)], SIZES[heading.level] / 2, BEFORE[heading.level] / 20, 5, bold=True)
        self.waiting.append(lines)

    def _headings(self, following: Lines | None) -> None:
        """Those that waited for what they stand over: they go with its first lines."""
        waiting, self.waiting = self.waiting, []
        if waiting and self.filled + self._needed([*waiting, following] if following else waiting) > HEIGHT:
            self._turn()
        for each in waiting:
            self._place(each)
            self.found.append(self.page)

    def _needed(self, together: list[Lines]) -> float:
        total, after = 0.0, self.after
        for lines in together:
            total += max(after, lines.before) + lines.opening * lines.height
            after = lines.after
        return total

    def _place(self, lines: Lines) -> None:
        self._headings(lines)
        if self.filled + self._gap(lines) + lines.opening * lines.height > HEIGHT:
            self._turn()
        self.filled += self._gap(lines)
        left = lines.count
        while self.filled + left * lines.height > HEIGHT:
            fitting = int((HEIGHT - self.filled) / lines.height)
            left -= fitting if left - fitting >= _TOGETHER else max(fitting - 1, 1)
            self.filled = HEIGHT
            self._turn()
        self.filled += left * lines.height
        self.after, self.key = lines.after, lines.key

    def _gap(self, lines: Lines) -> float:
        if not self.filled:
            return lines.before if self.keeps_before else 0
        return 0 if lines.key and lines.key == self.key else max(self.after, lines.before)

    def _turn(self, *, asked: bool = False) -> None:
        """At the top of a page already, there is none to turn."""
        if self.filled:
            self.page, self.filled, self.after, self.key, self.keeps_before = self.page + 1, 0.0, 0.0, "", asked

    def _table(self, table: Table) -> None:
        """Rows are not parted; the header comes back at the top of each page."""
        size, widths = BODY / 2, [width / 20 - _CELL for width in table.columns(TEXT_WIDTH)]
        heights = [
            _PADDING
            + size
            * _FONT
            * max(
                count_lines(cell, size=size, width=width, bold=not rank)
                for cell, width in zip(row, widths, strict=False)
            )
            for rank, row in enumerate((table.header, *table.rows))
        ]
        for rank, height in enumerate(heights):
            # The header never stands alone.
            together = height if rank else sum(heights[:2])
            self._headings(Lines(1, together))
            if self.filled + self.after + together > HEIGHT:
                self._turn()
                self.filled += heights[0] if rank else 0
            self.filled += self.after + height
            self.after, self.key = 0, ""
        self.filled += _BORDER
        self._place(Lines(1, _height(size)))


def _height(size: float) -> float:
    return size * _FONT * _STRETCH


def _lines(runs, size: float, before: float = 0, after: float = _AFTER, *, bold=False, aside: float = 0) -> Lines:
    return Lines(count_lines(runs, size=size, width=WIDTH - aside, bold=bold), _height(size), before, after)


def _paragraph(block: Paragraph) -> Lines:
    size = BODY / 2
    if block.style == "subtitle":
        return _lines(block.runs, 12, after=12)
    if block.style == "source":
        return _lines(block.runs, SMALL / 2, 3)
    if block.style == "quote":
        return _lines(block.runs, size, 3, 8, aside=56.7)
    if block.style == "continue":
        return _lines(block.runs, size, after=4, aside=_INDENT * min(block.depth + 1, DEPTH))
    return _lines(block.runs, size)


def _item(item: Item) -> Lines:
    level = min(item.depth, DEPTH - 1) + 1
    lines = _lines(item.runs, BODY / 2, after=4, aside=_INDENT * level)
    key = f"{'bullet' if item.number is None else 'number'}{level}"
    return Lines(lines.count, lines.height, after=4, key=key)


def _contents(block: Contents, entries: list[Entry]) -> list[Lines]:
    size = BODY / 2
    listed = [entry for entry in entries if entry.is_listed]
    if not listed:
        return []
    found = [_lines([Run(block.title)], 13, 18, 6, bold=True)]
    for entry in listed:
        first, aside = entry.level == 1, 20 if entry.level == 1 else 34.2
        found.append(_lines([Run(entry.words)], size, 8 if first else 0, 2, bold=first, aside=aside))
    return [*found, Lines(1, _height(size))]
