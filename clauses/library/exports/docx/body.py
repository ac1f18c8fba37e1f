"""The text, as the XML of its paragraphs: written in one piece, as building it element by element takes ten times
longer.
"""

from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls

from ..blocks import Block, Contents, Document, Heading, Item, Paragraph, Run, Table, clean, safe_link
from ..numbering import LISTED, Entry, outline
from .numbers import DEPTH, Lists
from .pages import heading_pages
from .styles import TEXT_WIDTH

_PARAGRAPHS = {"": "", "quote": "Quote", "source": "Source", "subtitle": "Subtitle"}
# Each costs a part of the file: beyond, the words stay and lead nowhere.
MAX_LINKS = 2_000
_FIELD = '<w:r><w:fldChar w:fldCharType="{0}"/></w:r>'


def tag(name: str, inner: str) -> str:
    return f"<w:{name} {nsdecls('w', 'r')}>{inner}</w:{name}>"


class Body:
    """`relate` gives the key of an address outside the file."""

    def __init__(self, document: Document, *, relate: Callable[..., str]) -> None:
        self.document = document
        self.lists = Lists()
        self.has_contents = any(isinstance(block, Contents) for block in document.blocks)
        self._relate = relate
        self._links: dict[str, str] = {}
        self._entries = outline(document)
        self._pages = heading_pages(document) if self.has_contents else []
        self._met = 0

    def xml(self) -> str:
        title = self._runs([Run(self.document.title)])
        style = "Title" if self.document.is_book else "Heading1"
        return paragraph(style, title) + "".join(self._block(block) for block in self.document.blocks)

    def _block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph):
            level = min(block.depth, DEPTH - 1)
            style = ranked("ListContinue", level) if block.style == "continue" else _PARAGRAPHS[block.style]
            return paragraph(style, self._runs(block.runs))
        if isinstance(block, Item):
            return self._item(block)
        if isinstance(block, Contents):
            return self._contents(block)
        return self._table(block)

    def _heading(self, heading: Heading) -> str:
        entry = self._entries[self._met]
        self._met += 1
        opening = "<w:pageBreakBefore/>" if heading.opens_page else ""
        bare = self.document.is_book and not heading.is_numbered
        number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>' if bare else ""
        runs = self._runs(heading.runs)
        if self.has_contents and entry.is_listed:
            start = f'<w:bookmarkStart w:id="{self._met}" w:name="{entry.key}"/>'
            runs = f'{start}{runs}<w:bookmarkEnd w:id="{self._met}"/>'
        return paragraph(f"Heading{heading.level}", runs, opening + number)

    def _item(self, item: Item) -> str:
        level = min(item.depth, DEPTH - 1)
        if item.number is None:
            return paragraph(ranked("ListBullet", level), self._runs(item.runs))
        key = self.lists.number_of(item.depth, level, item.number, starts=item.starts)
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'
        return paragraph(ranked("ListNumber", level), self._runs(item.runs), number)

    def _table(self, table: Table) -> str:
        widths = table.columns(TEXT_WIDTH)
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        caption = f"<w:tblCaption w:val={quoteattr(clean(table.title))}/>" if table.title else ""
        rows = self._row(table.header, widths, is_header=True) + "".join(self._row(row, widths) for row in table.rows)
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
            '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/></w:tblCellMar>'
            f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
            f'w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>{paragraph("", "")}'
        )

    def _row(self, cells: list[list[Run]], widths: list[int], *, is_header: bool = False) -> str:
        padded = [*cells, *([[]] * (len(widths) - len(cells)))]
        drawn = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{paragraph('', self._runs(runs, bold=is_header))}</w:tc>"
            for runs, width in zip(padded, widths, strict=True)
        )
        kept = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_header else "")
        return f"<w:tr><w:trPr>{kept}</w:trPr>{drawn}</w:tr>"

    def _contents(self, contents: Contents) -> str:
        """A field: what stands in it is what a first update would write."""
        opening = _FIELD.format("begin") + f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{LISTED}" \\h \\z \\u '
        opening += f"</w:instrText></w:r>{_FIELD.format('separate')}"
        lines = []
        for entry, page in zip(self._entries, self._pages, strict=True):
            if entry.is_listed:
                lines.append(paragraph(f"TOC{entry.level}", (opening if not lines else "") + listed(entry, page)))
        if not lines:
            return ""
        title = paragraph("TOCHeading", self._runs([Run(contents.title)]))
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{title}{''.join(lines)}{paragraph('', _FIELD.format('end'))}"
            "</w:sdtContent></w:sdt>"
        )

    def _runs(self, runs: list[Run], *, bold: bool = False) -> str:
        return "".join(self._run(run, bold=bold) for run in runs)

    def _run(self, run: Run, *, bold: bool) -> str:
        key = self._key_of(safe_link(run.link)) if run.link else ""
        written = f"<w:r>{dress(run, bold=bold, is_link=bool(key))}{text(run.text)}</w:r>"
        return f'<w:hyperlink r:id="{key}" w:history="1">{written}</w:hyperlink>' if key else written

    def _key_of(self, link: str) -> str:
        if link and link not in self._links and len(self._links) < MAX_LINKS:
            self._links[link] = self._relate(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self._links.get(link, "")


def paragraph(style: str, inner: str, properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>" if named or properties else f"<w:p>{inner}</w:p>"


def ranked(style: str, level: int) -> str:
    return style if level == 0 else f"{style}{level + 1}"


def listed(entry: Entry, page: int) -> str:
    """Its number and words, and the field of its page, which says the one that was counted here."""
    field = f'<w:r><w:instrText xml:space="preserve"> PAGEREF {entry.key} \\h </w:instrText></w:r>'
    number = f"{_FIELD.format('begin')}{field}{_FIELD.format('separate')}<w:r><w:t>{page}</w:t></w:r>"
    words = f"<w:r>{text(entry.words)}<w:tab/></w:r>"
    return f'<w:hyperlink w:anchor="{entry.key}" w:history="1">{words}{number}{_FIELD.format("end")}</w:hyperlink>'


def dress(run: Run, *, bold: bool, is_link: bool) -> str:
    """In the order that the format asks for."""
    worn = (
        ('<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>', run.code),
        ("<w:b/><w:bCs/>", run.bold or bold),
        ("<w:i/><w:iCs/>", run.italic),
        ("<w:strike/>", run.struck),
        ('<w:highlight w:val="yellow"/>', run.variable),
        ('<w:u w:val="single"/>', is_link),
    )
    found = "".join(xml for xml, is_worn in worn if is_worn)
    return f"<w:rPr>{found}</w:rPr>" if found else ""


def text(words: str) -> str:
    """Lines and tabs have their own marks."""
    lines = clean(words).replace("\r", "").split("\n")
    return "<w:br/>".join("<w:tab/>".join(_words(piece) for piece in line.split("\t")) for line in lines)


def _words(piece: str) -> str:
    return f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""
