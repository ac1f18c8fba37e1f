"""OpenDocument text, written by hand: four XML files in an archive."""

import io
import zipfile
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from .blocks import Block, Document, Heading, Item, Paragraph, Run, Table, clean

CONTENT_TYPE = "application/vnd.oasis.opendocument.text"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
        ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
        ("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("xlink", "http://www.w3.org/1999/xlink"),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    ' manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{CONTENT_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    + "</manifest:manifest>"
)
_SIZES = ("20pt", "16pt", "13pt", "12pt", "11pt", "11pt")
# Each dress of words, as the properties of a style; several are nested.
_DRESS = {
    "Bold": 'fo:font-weight="bold"',
    "Italic": 'fo:font-style="italic"',
    "Struck": 'style:text-line-through-style="solid"',
    "Code": 'style:font-name="Courier New" fo:font-family="\'Courier New\'"',
    "Variable": 'fo:background-color="#ffe680"',
}


def to_odt(document: Document) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and not compressed: this is how a file tells what it is.
        archive.writestr("mimetype", CONTENT_TYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", _content(document))
        archive.writestr("styles.xml", _styles())
        archive.writestr("meta.xml", _meta(document))
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return out.getvalue()


def _content(document: Document) -> str:
    title = Heading(1, [Run(clean(document.title))])
    body = "".join(_block(block, rank) for rank, block in enumerate([title, *document.blocks]))
    return (
        f'{_HEAD}<office:document-content {_NAMESPACES} office:version="1.3">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def _block(block: Block, rank: int) -> str:
    if isinstance(block, Heading):
        level = block.level
        return f'<text:h text:style-name="Heading_{level}" text:outline-level="{level}">{_runs(block.runs)}</text:h>'
    if isinstance(block, Paragraph):
        style = "Quotations" if block.style == "quote" else "Standard"
        return f'<text:p text:style-name="{style}">{_runs(block.runs)}</text:p>'
    if isinstance(block, Item):
        return _item(block)
    return _table(block, rank)


def _item(item: Item) -> str:
    """Numbers are written out: each list starts where its author made it start."""
    line = f'<text:p text:style-name="Standard">{f"{item.number}. " if item.number else ""}{_runs(item.runs)}</text:p>'
    style = "Plain" if item.number else "Bullets"
    for _ in range(item.depth + 1):
        line = f"<text:list><text:list-item>{line}</text:list-item></text:list>"
    return line.replace("<text:list>", f'<text:list text:style-name="{style}">', 1)


def _table(table: Table, rank: int) -> str:
    width = max(len(row) for row in (table.header, *table.rows))
    name = quoteattr(clean(table.title) or f"Tableau {rank}")
    rows = "".join(_row(row, width, "Standard") for row in table.rows)
    return (
        f'<table:table table:name={name}><table:table-column table:number-columns-repeated="{width}"/>'
        f"<table:table-header-rows>{_row(table.header, width, 'Table_Header')}</table:table-header-rows>{rows}"
        '</table:table><text:p text:style-name="Standard"/>'
    )


def _row(cells: list[list[Run]], width: int, style: str) -> str:
    padded = [*cells, *([[]] * (width - len(cells)))]
    return "".join(
        (
            "<table:table-row>",
            *(
                f'<table:table-cell table:style-name="Cell" office:value-type="string">'
                f'<text:p text:style-name="{style}">{_runs(runs)}</text:p></table:table-cell>'
                for runs in padded
            ),
            "</table:table-row>",
        )
    )


def _runs(runs: list[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = escape(clean(run.text)).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    worn = (run.bold, run.italic, run.struck, run.code, run.variable)
    for name, is_worn in zip(_DRESS, worn, strict=True):
        if is_worn:
            text = f'<text:span text:style-name="{name}">{text}</text:span>'
    if run.link.startswith(("http://", "https://", "mailto:")):
        text = f'<text:a xlink:type="simple" xlink:href={quoteattr(clean(run.link))}>{text}</text:a>'
    return text


def _styles() -> str:
    headings = "".join(
        f'<style:style style:name="Heading_{level}" style:display-name="Heading {level}" style:family="paragraph"'
        f' style:parent-style-name="Standard" style:default-outline-level="{level}"><style:paragraph-properties'
        f' fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>'
        f'<style:text-properties fo:font-size="{size}" fo:font-weight="bold"/></style:style>'
        for level, size in enumerate(_SIZES, start=1)
    )
    dress = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {properties}/></style:style>'
        for name, properties in _DRESS.items()
    )
    return (
        f'{_HEAD}<office:document-styles {_NAMESPACES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties fo:language="fr" fo:country="FR"'
        ' fo:font-size="11pt"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties'
        ' fo:margin-bottom="0.2cm"/></style:style>'
        '<style:style style:name="Quotations" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:margin-left="1cm"/></style:style>'
        '<style:style style:name="Table_Header" style:display-name="Table Header" style:family="paragraph"'
        ' style:parent-style-name="Standard"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties'
        ' fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>'
        f"{headings}{dress}{_list_styles()}</office:styles></office:document-styles>"
    )


def _list_styles() -> str:
    indents = [(level, f"{0.6 * level:.1f}cm") for level in range(1, 5)]
    bullets = "".join(
        f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="•"><style:list-level-properties'
        f' text:space-before="{indent}" text:min-label-width="0.5cm"/></text:list-level-style-bullet>'
        for level, indent in indents
    )
    plain = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-format=""><style:list-level-properties'
        f' text:space-before="{indent}"/></text:list-level-style-number>'
        for level, indent in indents
    )
    return (
        f'<text:list-style style:name="Bullets">{bullets}</text:list-style>'
        f'<text:list-style style:name="Plain">{plain}</text:list-style>'
    )


def _meta(document: Document) -> str:
    return (
        f'{_HEAD}<office:document-meta {_NAMESPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(clean(document.title))}</dc:title><dc:subject>{escape(clean(document.subject))}</dc:subject>"
        f"<dc:description>{escape(clean(document.source))}</dc:description><dc:language>fr-FR</dc:language>"
        f"<dc:creator>Entraide</dc:creator><dc:date>{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}</dc:date>"
        "<meta:generator>Entraide</meta:generator></office:meta></office:document-meta>"
    )
