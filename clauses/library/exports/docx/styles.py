"""Built-in styles, sober: one family of letters, black, sizes of an office document."""

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from .numbers import BULLETS, DEPTH, NUMBERS

LANGUAGE = "fr-FR"
FONT = "Arial"
# In half points.
BODY, SMALL = 20, 16
SIZES = {1: 30, 2: 24, 3: 21, 4: 20, 5: 20, 6: 20}
BEFORE = {1: 360, 2: 320, 3: 220, 4: 180, 5: 160, 6: 160}
# From the left margin to the right one, in twentieths of a point.
TEXT_WIDTH = 9070
GREY = "595959"
RIGHT_TAB = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'


def set_language(word) -> None:
    """Of the words, of the spelling and of the letters of every style."""
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fresh = (
        f'<w:rPr {nsdecls("w")}>{_fonts()}<w:sz w:val="{BODY}"/><w:szCs w:val="{BODY}"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr>'
    )
    defaults.getparent().replace(defaults, parse_xml(fresh))
    theme = word.settings.element.find(qn("w:themeFontLang"))
    if theme is None:
        theme = OxmlElement("w:themeFontLang")
        word.settings.element.append(theme)
    theme.set(qn("w:val"), LANGUAGE)


def set_styles(word) -> None:
    """Ours in place of those of the template, which are blue and in two families of letters."""
    styles = word.styles.element
    known = {style.get(qn("w:styleId")): style for style in styles.iterchildren(qn("w:style"))}
    fresh = list(parse_xml(f"<w:styles {nsdecls('w')}>{''.join(_styles())}</w:styles>"))
    for style in fresh:
        former = known.get(style.get(qn("w:styleId")))
        if former is None:
            styles.append(style)
            continue
        styles.replace(former, style)
        # The style of words that went with the former one.
        link = former.find(qn("w:link"))
        if link is not None:
            styles.remove(known[link.get(qn("w:val"))])


def _fonts() -> str:
    return f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'


def _styles() -> list[str]:
    return [
        _style("Title", "Title", _spacing(0, 120), _size(40, bold=True), following="Normal"),
        _style("Subtitle", "Subtitle", _spacing(0, 240), _size(24, colour=GREY), following="Normal"),
        *(_heading(level) for level in SIZES),
        _style("TOCHeading", "TOC Heading", _spacing(360, 120), _size(26, bold=True), following="Normal"),
        _style("TOC1", "toc 1", RIGHT_TAB + _spacing(160, 40), _size(BODY, bold=True)),
        _style("TOC2", "toc 2", RIGHT_TAB + _spacing(0, 40) + '<w:ind w:left="284"/>', _size(BODY)),
        _style("Quote", "Quote", _spacing(60, 160) + '<w:ind w:left="567" w:right="567"/>', "<w:i/><w:iCs/>"),
        _style("Source", "Source de la clause", _spacing(60, 200), _size(SMALL, colour=GREY), is_own=True),
        _style("Header", "header", _spacing(0, 0), _size(SMALL, colour=GREY)),
        _style("Footer", "footer", _spacing(0, 0), _size(SMALL, colour=GREY)),
        *(_list(depth, "ListBullet", "List Bullet", BULLETS) for depth in range(DEPTH)),
        *(_list(depth, "ListNumber", "List Number", NUMBERS) for depth in range(DEPTH)),
        *(_continued(depth) for depth in range(DEPTH)),
    ]


def _heading(level: int) -> str:
    paragraph = f'<w:keepNext/><w:keepLines/>{_spacing(BEFORE[level], 100)}<w:outlineLvl w:val="{level - 1}"/>'
    return _style(f"Heading{level}", f"heading {level}", paragraph, _size(SIZES[level], bold=True), following="Normal")


def _list(depth: int, key: str, name: str, number: int) -> str:
    end = "" if depth == 0 else str(depth + 1)
    count = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph = f"{count}{_spacing(0, 80)}<w:contextualSpacing/>"
    return _style(f"{key}{end}", f"{name} {end}".strip(), paragraph, "")


def _continued(depth: int) -> str:
    end = "" if depth == 0 else str(depth + 1)
    indent = f'<w:ind w:left="{425 * (depth + 1)}"/>'
    return _style(f"ListContinue{end}", f"List Continue {end}".strip(), _spacing(0, 80) + indent, "")


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _size(half_points: int, *, bold: bool = False, colour: str = "") -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{weight}{ink}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _style(key: str, name: str, paragraph: str, run: str, *, following: str = "", is_own: bool = False) -> str:
    custom = ' w:customStyle="1"' if is_own else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )
