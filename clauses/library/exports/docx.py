"""Word: the styles of its own template, so that the buyer's template takes over when the text is pasted."""

import io
from datetime import UTC, datetime

from docx import Document as new_document
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from .blocks import Block, Document, Heading, Item, Paragraph, Run, Table, clean

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "fr-FR"
MAX_PROPERTY = 255
LIST_DEPTH = 3


def to_docx(document: Document) -> bytes:
    word = new_document()
    _set_language(word)
    _set_properties(word, document)
    word.add_heading(clean(document.title), level=1)
    for block in document.blocks:
        _write(word, block)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _set_language(word) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    for name, value in (("w:val", LANGUAGE), ("w:eastAsia", LANGUAGE), ("w:bidi", "ar-SA")):
        language.set(qn(name), value)


def _set_properties(word, document: Document) -> None:
    properties = word.core_properties
    properties.title = clean(document.title)[:MAX_PROPERTY]
    properties.subject = clean(document.subject)[:MAX_PROPERTY]
    properties.comments = clean(document.source)[:MAX_PROPERTY]
    properties.author = "Entraide"
    properties.language = LANGUAGE
    properties.created = properties.modified = datetime.now(UTC)


def _write(word, block: Block) -> None:
    if isinstance(block, Heading):
        _add_runs(word.add_heading("", level=block.level), block.runs)
    elif isinstance(block, Paragraph):
        _add_runs(word.add_paragraph(style="Quote" if block.style == "quote" else None), block.runs)
    elif isinstance(block, Item):
        _write_item(word, block)
    else:
        _write_table(word, block)


def _write_item(word, item: Item) -> None:
    """Numbers are written out: each list starts where its author made it start."""
    depth = min(item.depth, LIST_DEPTH - 1)
    if item.number is None:
        paragraph = word.add_paragraph(style="List Bullet" if depth == 0 else f"List Bullet {depth + 1}")
    else:
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.65 * (depth + 1))
        paragraph.paragraph_format.first_line_indent = Cm(-0.65)
        paragraph.add_run(f"{item.number}.\t")
    _add_runs(paragraph, item.runs)


def _write_table(word, table: Table) -> None:
    width = max(len(row) for row in (table.header, *table.rows))
    drawn = word.add_table(rows=0, cols=width, style="Table Grid")
    for rank, row in enumerate((table.header, *table.rows)):
        cells = drawn.add_row().cells
        for cell, runs in zip(cells, row, strict=False):
            _add_runs(cell.paragraphs[0], runs, bold=rank == 0)
    first = drawn.rows[0]._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    first.append(header)
    if table.title:
        _describe(drawn, clean(table.title))
    word.add_paragraph()


def _describe(drawn, title: str) -> None:
    """What the table is about, for those who do not see it."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    drawn._tbl.tblPr.append(caption)


def _add_runs(paragraph, runs: list[Run], *, bold: bool = False) -> None:
    for run in runs:
        if run.link.startswith(("http://", "https://", "mailto:")):
            _add_link(paragraph, run)
            continue
        written = paragraph.add_run(clean(run.text))
        written.bold = (run.bold or bold) or None
        written.italic = run.italic or None
        written.font.strike = run.struck or None
        if run.code:
            written.font.name = "Courier New"
        if run.variable:
            written.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _add_link(paragraph, run: Run) -> None:
    key = paragraph.part.relate_to(clean(run.link), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    inner = paragraph.add_run(clean(run.text))
    inner.font.underline = True
    link.append(inner._r)
    paragraph._p.append(link)
