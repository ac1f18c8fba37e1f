"""The text: one element a block; the lines of a list are nested as deep as they stand in the text."""

from collections.abc import Iterable
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from ..blocks import Block, Contents, Document, Heading, Item, Paragraph, Run, Table, clean, safe_link
from ..numbering import LISTED, Entry, outline
from .xml import DRESS, HEAD, LIST_DEPTH, NAMESPACES

_LIST_END = "</text:list-item></text:list>"
# What the columns of a table share, as LibreOffice writes it.
_SHARED = 65_535
_PARAGRAPHS = {"": "Standard", "quote": "Quotations", "source": "Source", "subtitle": "Subtitle"}


def body(document: Document) -> str:
    text = _Body(document).xml()
    return (
        f'{HEAD}<office:document-content {NAMESPACES} office:version="1.3">{_own_styles(document)}'
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>"
    )


def _own_styles(document: Document) -> str:
    """What word processors only take from here: tops of pages, borders of cells, widths of columns."""
    styles = "".join(
        f'<style:style style:name="Opening_{level}" style:family="paragraph" style:parent-style-name="Heading_{level}">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
        for level in range(1, 7)
    )
    cell = (
        '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties'
        ' fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>'
    )
    tables = ((rank, block) for rank, block in enumerate(document.blocks, start=1) if isinstance(block, Table))
    columns = "".join(
        f'<style:style style:name="Column_{rank}_{place}" style:family="table-column"><style:table-column-properties'
        f' style:rel-column-width="{width}*"/></style:style>'
        for rank, table in tables
        for place, width in enumerate(table.columns(_SHARED))
    )
    return f"<office:automatic-styles>{styles}{cell}{columns}</office:automatic-styles>"


class _Body:
    def __init__(self, document: Document) -> None:
        self.document = document
        self._has_contents = any(isinstance(block, Contents) for block in document.blocks)
        self._entries = outline(document)
        self._met = 0

    def xml(self) -> str:
        title = _runs([Run(self.document.title)])
        if self.document.is_book:
            first = f'<text:p text:style-name="Title">{title}</text:p>'
        else:
            first = f'<text:h text:style-name="Heading_1" text:outline-level="1">{title}</text:h>'
        grouped = groupby(enumerate(self.document.blocks, start=1), key=lambda pair: in_list(pair[1]))
        pieces = (
            listed_lines(block for _rank, block in found)
            if together
            else "".join(self._block(block, rank) for rank, block in found)
            for together, found in grouped
        )
        return first + "".join(pieces)

    def _block(self, block: Block, rank: int) -> str:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph):
            return _paragraph(_PARAGRAPHS[block.style], block.runs)
        if isinstance(block, Contents):
            return self._contents(block)
        return _table(block, rank)

    def _heading(self, heading: Heading) -> str:
        entry = self._entries[self._met]
        self._met += 1
        style = f"{'Opening' if heading.opens_page else 'Heading'}_{heading.level}"
        bare = ' text:is-list-header="true"' if self.document.is_book and not heading.is_numbered else ""
        runs = _runs(heading.runs)
        if self._has_contents and entry.is_listed:
            place = f"text:name={quoteattr(entry.key)}"
            runs = f"<text:bookmark-start {place}/>{runs}<text:bookmark-end {place}/>"
        return f'<text:h text:style-name="{style}" text:outline-level="{heading.level}"{bare}>{runs}</text:h>'

    def _contents(self, contents: Contents) -> str:
        """An index: what stands in it is what a first update would write, page numbers are counted on opening."""
        entries = [entry for entry in self._entries if entry.is_listed]
        if not entries:
            return ""
        title = escape(clean(contents.title))
        templates = "".join(_entry_template(level) for level in range(1, LISTED + 1))
        lines = "".join(_listed(entry) for entry in entries)
        return (
            f'<text:table-of-content text:name="Contents" text:protected="false"><text:table-of-content-source'
            f' text:outline-level="{LISTED}"><text:index-title-template text:style-name="Contents_Heading">{title}'
            f"</text:index-title-template>{templates}</text:table-of-content-source><text:index-body>"
            f'<text:index-title text:name="Contents_Head"><text:p text:style-name="Contents_Heading">{title}</text:p>'
            f"</text:index-title>{lines}</text:index-body></text:table-of-content>"
        )


def _entry_template(level: int) -> str:
    return (
        f'<text:table-of-content-entry-template text:outline-level="{level}" text:style-name="Contents_{level}">'
        "<text:index-entry-link-start/><text:index-entry-chapter/><text:index-entry-span> </text:index-entry-span>"
        '<text:index-entry-text/><text:index-entry-tab-stop style:type="right" style:leader-char="."/>'
        "<text:index-entry-page-number/><text:index-entry-link-end/></text:table-of-content-entry-template>"
    )


def _listed(entry: Entry) -> str:
    key = entry.key
    page = f'<text:bookmark-ref text:reference-format="page" text:ref-name="{key}"/>'
    words = escape(entry.words)
    return (
        f'<text:p text:style-name="Contents_{entry.level}"><text:a xlink:type="simple" xlink:href="#{key}"'
        f' text:style-name="Index_Link" text:visited-style-name="Index_Link">{words}<text:tab/>{page}</text:a></text:p>'
    )


def in_list(block: Block) -> bool:
    return isinstance(block, Item) or (isinstance(block, Paragraph) and block.style == "continue")


def listed_lines(blocks: Iterable[Item | Paragraph]) -> str:
    """Lines that follow one another: lists within the lines of others."""
    found: list[str] = []
    level = 0
    for block in blocks:
        depth = min(block.depth, LIST_DEPTH - 1) + 1
        found.append(_LIST_END * max(level - depth, 0))
        level = min(level, depth)
        found.append(_line_start(block, level, depth))
        found.append(_paragraph("Standard", block.runs))
        level = depth
    return "".join(found) + _LIST_END * level


def _line_start(block: Item | Paragraph, level: int, depth: int) -> str:
    """From the line that is open at `level` to that of the block; a new list says by which number it starts."""
    is_item = isinstance(block, Item)
    number = block.number if is_item else None
    opening = f'<text:list text:style-name="{"Bullets" if number is None else "Numbers"}">'
    first = "<text:list-item>" if number is None else f'<text:list-item text:start-value="{number}">'
    if level < depth:
        above = '<text:list text:style-name="Bullets"><text:list-item>'
        return above * (depth - level - 1) + opening + first
    if not is_item:
        return ""
    return _LIST_END + opening + first if block.starts else "</text:list-item><text:list-item>"


def _paragraph(style: str, runs: list[Run]) -> str:
    return f'<text:p text:style-name="{style}">{_runs(runs)}</text:p>'


def _table(table: Table, rank: int) -> str:
    width = table.width
    name = quoteattr(clean(table.title) or f"Tableau {rank}")
    rows = "".join(_row(row, width, "Standard") for row in table.rows)
    columns = "".join(f'<table:table-column table:style-name="Column_{rank}_{place}"/>' for place in range(width))
    return (
        f"<table:table table:name={name}>{columns}"
        f"<table:table-header-rows>{_row(table.header, width, 'Table_Header')}</table:table-header-rows>{rows}"
        '</table:table><text:p text:style-name="Standard"/>'
    )


def _row(cells: list[list[Run]], width: int, style: str) -> str:
    padded = [*cells, *([[]] * (width - len(cells)))]
    drawn = "".join(
        f'<table:table-cell table:style-name="Cell" office:value-type="string">'
        f'<text:p text:style-name="{style}">{_runs(runs)}</text:p></table:table-cell>'
        for runs in padded
    )
    return f"<table:table-row>{drawn}</table:table-row>"


def _runs(runs: list[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = escape(clean(run.text)).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    worn = (run.bold, run.italic, run.struck, run.code, run.variable)
    for name, is_worn in zip(DRESS, worn, strict=True):
        if is_worn:
            text = f'<text:span text:style-name="{name}">{text}</text:span>'
    if link := safe_link(run.link):
        text = f'<text:a xlink:type="simple" xlink:href={quoteattr(link)}>{text}</text:a>'
    return text
