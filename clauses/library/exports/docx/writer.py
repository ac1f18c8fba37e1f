"""The file: python-docx holds its parts and properties, its text is written by `body`, its styles by `styles`."""

import io
from datetime import UTC, datetime

from docx import Document as new_document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from ..blocks import Document, clean
from .body import Body, tag
from .numbers import number_headings, set_numbers
from .styles import LANGUAGE, set_language, set_styles

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_PROPERTY = 255
A4 = (Mm(210), Mm(297))
MARGIN = Mm(25)
_AFTER_UPDATE = ("w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat")


def to_docx(document: Document) -> bytes:
    word = new_document()
    set_language(word)
    set_styles(word)
    _set_properties(word, document)
    _set_page(word, document)
    if document.is_book:
        number_headings(word)
    body = Body(document, relate=word.part.relate_to)
    _fill(word, body.xml())
    set_numbers(word, body.lists)
    if body.has_contents:
        _refresh_on_opening(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _set_properties(word, document: Document) -> None:
    properties = word.core_properties
    properties.title = clean(document.title)[:MAX_PROPERTY]
    properties.subject = clean(document.subject)[:MAX_PROPERTY]
    properties.comments = clean(document.source)[:MAX_PROPERTY]
    properties.author = "Entraide"
    properties.language = LANGUAGE
    properties.created = properties.modified = datetime.now(UTC)


def _set_page(word, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    if document.header:
        section.header.paragraphs[0].add_run(clean(document.header))
        _number_pages(section.footer.paragraphs[0])


def _number_pages(paragraph) -> None:
    centred = f'<w:pPr {nsdecls("w")}><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>'
    for child in list(paragraph._p):
        paragraph._p.remove(child)
    paragraph._p.append(parse_xml(centred))
    for text, field in (("Page ", "PAGE"), (" sur ", "NUMPAGES")):
        paragraph.add_run(text)
        paragraph._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )


def _fill(word, xml: str) -> None:
    last = word.element.body.sectPr
    for child in list(parse_xml(tag("body", xml))):
        last.addprevious(child)


def _refresh_on_opening(word) -> None:
    """Word asks whether to count the pages again; until then the contents show what was written in."""
    settings = word.settings.element
    update = parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>')
    following = next((child for name in _AFTER_UPDATE if (child := settings.find(qn(name))) is not None), None)
    if following is None:
        settings.append(update)
    else:
        following.addprevious(update)
