"""Styles by the names that LibreOffice knows, the count of headings and of lists, the page with its head and foot."""

from xml.sax.saxutils import escape

from ..blocks import Document, clean
from ..numbering import FORMATS
from .xml import DRESS, HEAD, LIST_DEPTH, NAMESPACES

FONT = "Arial"
GREY = "#595959"
_SIZES = ("15pt", "12pt", "10.5pt", "10pt", "10pt", "10pt")
_BEFORE = ("0.6cm", "0.55cm", "0.4cm", "0.3cm", "0.3cm", "0.3cm")
_MARKS = "•–▪"
# The text is 16 cm wide, between margins of 2.5 cm.
_RIGHT_TAB = (
    '<style:tab-stops><style:tab-stop style:position="16cm" style:type="right" style:leader-style="dotted"'
    ' style:leader-text="."/></style:tab-stops>'
)


def styles(document: Document) -> str:
    return (
        f'{HEAD}<office:document-styles {NAMESPACES} office:version="1.3"><office:styles>'
        f"{_defaults()}{_paragraph_styles()}{_headings()}{_dress()}"
        f"{_outline() if document.is_book else ''}{_list_styles()}</office:styles>{_page(document)}"
        "</office:document-styles>"
    )


def _defaults() -> str:
    return (
        '<style:default-style style:family="paragraph"><style:paragraph-properties style:tab-stop-distance="1.25cm"/>'
        f'<style:text-properties style:font-name="{FONT}" fo:font-family="{FONT}" fo:language="fr" fo:country="FR"'
        ' fo:font-size="10pt"/></style:default-style>'
        '<style:default-style style:family="table"><style:table-properties table:border-model="collapsing"/>'
        "</style:default-style>"
    )


def _paragraph_styles() -> str:
    small = f'fo:font-size="8pt" fo:color="{GREY}"'
    bold = 'fo:font-weight="bold"'
    return "".join(
        (
            _style("Standard", "Standard", 'fo:margin-bottom="0.2cm"', parent=""),
            _style("Title", "Title", 'fo:margin-bottom="0.2cm"', f'fo:font-size="20pt" {bold}'),
            _style("Subtitle", "Subtitle", 'fo:margin-bottom="0.4cm"', f'fo:font-size="12pt" fo:color="{GREY}"'),
            _style(
                "Quotations",
                "Quotations",
                'fo:margin-left="1cm" fo:margin-right="1cm"',
                'fo:font-style="italic"',
            ),
            _style("Source", "Source de la clause", 'fo:margin-bottom="0.3cm"', small),
            _style("Table_Header", "Table Heading", "", bold),
            _style("Header", "Header", "", small),
            _style("Footer", "Footer", 'fo:text-align="center"', small),
            _style("Contents_Heading", "Contents Heading", 'fo:margin-top="0.6cm"', f'fo:font-size="13pt" {bold}'),
            _style("Contents_1", "Contents 1", 'fo:margin-top="0.25cm"', bold, inner=_RIGHT_TAB),
            _style("Contents_2", "Contents 2", 'fo:margin-left="0.5cm"', inner=_RIGHT_TAB),
        )
    )


def _style(
    name: str, shown: str, paragraph: str, text: str = "", *, parent: str = "Standard", inner: str = "", more: str = ""
) -> str:
    above = f' style:parent-style-name="{parent}"' if parent else ""
    dressed = f"<style:text-properties {text}/>" if text else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph"{above}{more}>'
        f"<style:paragraph-properties {paragraph}>{inner}</style:paragraph-properties>{dressed}</style:style>"
    )


def _headings() -> str:
    return "".join(
        _style(
            f"Heading_{level}",
            f"Heading {level}",
            f'fo:margin-top="{before}" fo:margin-bottom="0.2cm" fo:keep-with-next="always"',
            f'fo:font-size="{size}" fo:font-weight="bold"',
            more=f' style:default-outline-level="{level}"',
        )
        for level, (size, before) in enumerate(zip(_SIZES, _BEFORE, strict=True), start=1)
    )


def _dress() -> str:
    dress = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {properties}/></style:style>'
        for name, properties in DRESS.items()
    )
    # Of the lines of the contents: they lead somewhere without looking like it.
    return f'{dress}<style:style style:name="Index_Link" style:display-name="Index Link" style:family="text"/>'


def _outline() -> str:
    """The count of headings: one that is added in the word processor is numbered too."""
    levels = "".join(_outline_level(level, FORMATS.get(level, "")) for level in range(1, 7))
    return f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'


def _outline_level(level: int, written: str) -> str:
    """« Article {2} – » is a prefix, one number and a suffix; « {2}.{3} » two numbers, the dots are understood."""
    kind = shape = ""
    if written:
        before, after = written.split("{", 1)[0], written.rsplit("}", 1)[1]
        shape = f' style:num-prefix="{before}"' * bool(before) + f' style:num-suffix="{after}"' * bool(after)
        kind = f' text:display-levels="{written.count("{")}"'
    return (
        f'<text:outline-level-style text:level="{level}" style:num-format="{"1" if written else ""}"{shape}{kind}>'
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        f'<style:list-level-label-alignment text:label-followed-by="{"space" if written else "nothing"}"'
        ' fo:text-indent="0cm" fo:margin-left="0cm"/></style:list-level-properties></text:outline-level-style>'
    )


def _list_styles() -> str:
    bullets, numbers = [], []
    for level in range(1, LIST_DEPTH + 1):
        mark = _MARKS[(level - 1) % len(_MARKS)]
        bullets.append(_level("bullet", level, f'text:bullet-char="{mark}"'))
        numbers.append(_level("number", level, 'style:num-format="1" style:num-suffix="."'))
    return (
        f'<text:list-style style:name="Bullets">{"".join(bullets)}</text:list-style>'
        f'<text:list-style style:name="Numbers">{"".join(numbers)}</text:list-style>'
    )


def _level(kind: str, level: int, shape: str) -> str:
    name = f"text:list-level-style-{kind}"
    return f'<{name} text:level="{level}" {shape}>{_place(level)}</{name}>'


def _place(level: int) -> str:
    return (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm"'
        f' fo:margin-left="{0.75 * level:.2f}cm"/></style:list-level-properties>'
    )


def _page(document: Document) -> str:
    head = foot = ""
    if document.header:
        head = (
            f'<style:header><text:p text:style-name="Header">{escape(clean(document.header))}</text:p></style:header>'
        )
        foot = (
            '<style:footer><text:p text:style-name="Footer">Page <text:page-number text:select-page="current">1'
            "</text:page-number> sur <text:page-count>1</text:page-count></text:p></style:footer>"
        )
    return (
        '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties'
        ' fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2.5cm" fo:margin-bottom="2.5cm"'
        ' fo:margin-left="2.5cm" fo:margin-right="2.5cm" style:print-orientation="portrait"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-bottom="0.5cm"/>'
        '</style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.6cm"'
        ' fo:margin-top="0.5cm"/></style:footer-style></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">'
        f"{head}{foot}</style:master-page></office:master-styles>"
    )
