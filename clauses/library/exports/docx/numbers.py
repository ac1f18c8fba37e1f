"""How headings and lists are counted: by Word, level by level, never by digits typed in the text."""

from collections.abc import Iterable

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from ..numbering import FORMATS

HEADINGS, BULLETS, NUMBERS = 1, 2, 3
# The counts of lists come after the three that styles know.
FIRST_LIST = 10
DEPTH = 3
_MARKS = ("•", "–", "▪")
_STEP, _HANGING = 425, 360


class Lists:
    """Each numbered list has its own count, that starts where its author made it start."""

    def __init__(self) -> None:
        self.starts: list[tuple[int, int]] = []
        self._open: dict[int, int] = {}

    def number_of(self, depth: int, level: int, number: int, *, starts: bool) -> int:
        """`depth` in the text, `level` in Word, which has fewer."""
        if starts or depth not in self._open:
            self._open[depth] = FIRST_LIST + len(self.starts)
            self.starts.append((level, number))
        return self._open[depth]


def set_numbers(word, lists: Lists) -> None:
    numbering = word.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    pieces = [
        _abstract(HEADINGS, (_heading_level(level) for level in range(1, 10)), style_link=False),
        _abstract(BULLETS, (_level(depth, "bullet", mark, "ListBullet") for depth, mark in enumerate(_MARKS))),
        _abstract(NUMBERS, (_level(depth, "decimal", f"%{depth + 1}.", "ListNumber") for depth in range(DEPTH))),
        *(_number(key, key) for key in (HEADINGS, BULLETS, NUMBERS)),
        *(
            _number(FIRST_LIST + rank, NUMBERS, level=level, start=start)
            for rank, (level, start) in enumerate(lists.starts)
        ),
    ]
    for child in list(parse_xml(f"<w:numbering {nsdecls('w')}>{''.join(pieces)}</w:numbering>")):
        numbering.append(child)


def number_headings(word) -> None:
    """The built-in styles of headings carry the count: a heading that is added in Word is numbered too."""
    for level in FORMATS:
        style = word.styles.element.find(f"w:style[@w:styleId='Heading{level}']", word.styles.element.nsmap)
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level - 1}"/><w:numId w:val="{HEADINGS}"/></w:numPr>'
        style.find(qn("w:pPr")).find(qn("w:spacing")).addprevious(parse_xml(number))


def _abstract(key: int, levels: Iterable[str], *, style_link: bool = True) -> str:
    kind = "hybridMultilevel" if style_link else "multilevel"
    return f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="{kind}"/>{"".join(levels)}</w:abstractNum>'


def _heading_level(level: int) -> str:
    text = FORMATS.get(level, "")
    for number in FORMATS:
        text = text.replace(f"{{{number}}}", f"%{number}")
    style = f'<w:pStyle w:val="Heading{level}"/>' if level in FORMATS else ""
    return (
        f'<w:lvl w:ilvl="{level - 1}"><w:start w:val="1"/><w:numFmt w:val="{"decimal" if text else "none"}"/>{style}'
        f'<w:suff w:val="{"space" if text else "nothing"}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
    )


def _level(depth: int, kind: str, text: str, style: str) -> str:
    name = style if depth == 0 else f"{style}{depth + 1}"
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{name}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{_STEP * (depth + 1)}" w:hanging="{_HANGING}"/></w:pPr></w:lvl>'
    )


def _number(key: int, abstract: int, *, level: int | None = None, start: int = 1) -> str:
    override = ""
    if level is not None:
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
