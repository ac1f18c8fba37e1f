"""Reads a page of the guide: Markdown with pieces of HTML, under numbered headings."""

import re
from dataclasses import dataclass, field
from datetime import date

from clauses.library.vocabularies import ContractDocument
from community.core.html_to_markdown import html_to_markdown

SITE = "https://ecoresponsable.numerique.gouv.fr"

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FRONT_LINE = re.compile(r'^(title|date|permalink): *"?(.*?)"?$', re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*$|^<h([1-6])[^>]*>(.*?)</h\3>[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"<[^<>]{0,400}>")
_NUMBER = re.compile(r"^(?:[A-Z]\.(?=\s)|X?\.?\d+(?:\.\d+)*\.?(?=\s)|X\.\d+(?:\.\d+)*\.?)\s*:?\s*")
# What opens each document under « Des exemples de clauses ».
_DOCUMENTS = (
    (re.compile(r"\(CCAP\)|clauses administratives|charges administratives"), ContractDocument.CCAP),
    (re.compile(r"\(CCTP\)|clauses techniques|charges techniques"), ContractDocument.CCTP),
    (re.compile(r"\(RC\)|règlement de la consultation", re.IGNORECASE), ContractDocument.RC),
)
_ANNEX = re.compile(r"^exemple (?:d.annexe|de questionnaire)", re.IGNORECASE)
_LETTER = re.compile(r"^[A-C]\.\s")
# Blocks of HTML: what a table or a note of the site is made of.
_BLOCK = re.compile(r"^[ \t]*<(div|table|nav|p)\b.*?^[ \t]*</\1>[ \t]*$", re.MULTILINE | re.DOTALL)
_ONE_LINE_BLOCK = re.compile(r"^[ \t]*<(p|div)\b[^\n]*</\1>[ \t]*$", re.MULTILINE)
_NOTE = re.compile(r'<div class="fr-highlight"[^>]*>(.*?)</div>', re.DOTALL)
_NAV = re.compile(r"<nav\b.*?</nav>", re.DOTALL)
_INLINE = re.compile(r"</?(?:abbr|span|br|sup)\b[^<>]{0,400}>")
_CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
_BULLET = re.compile(r"^([ \t]*)([-*+]|\d{1,2}\.)[ \t]+", re.MULTILINE)
_LOCAL_LINK = re.compile(r"\]\(/(?!/)")
_ANCHOR = re.compile(r"\[([^\]]{0,300})\]\(#[^)]{0,200}\)")
_BLANKS = re.compile(r"\n{3,}")


@dataclass
class Section:
    """`document` is empty outside the example clauses; `notes` are the guide's words to the buyer."""

    heading: str
    line: int
    document: str = ""
    body: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return _NUMBER.sub("", self.heading).strip() or self.heading

    @property
    def place(self) -> str:
        return f"« {self.heading} », ligne {self.line}"


@dataclass
class Page:
    title: str
    dated: date | None
    url: str
    sections: list[Section]


def read_page(text: str) -> Page:
    text = text.replace("\r\n", "\n")
    front = _FRONT.match(text)
    fields = dict(_FRONT_LINE.findall(front[1])) if front else {}
    body = text[front.end() :] if front else text
    first_line = text.count("\n", 0, len(text) - len(body)) + 1
    path = fields.get("permalink", "").strip().strip("/")
    return Page(
        title=fields.get("title", "").strip(),
        dated=_date(fields.get("date", "")),
        url=f"{SITE}/{path}/" if path else SITE,
        sections=_sections(_NAV.sub(_blank_lines, body), first_line),
    )


def _blank_lines(match: re.Match) -> str:
    """Lines keep their numbers."""
    return "\n" * match[0].count("\n")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _sections(body: str, first_line: int) -> list[Section]:
    headings = list(_HEADING.finditer(body))
    sections = []
    document = ""
    for place, match in enumerate(headings):
        end = headings[place + 1].start() if place + 1 < len(headings) else len(body)
        level = len(match[1]) if match[1] else int(match[3])
        heading = plain(match[2] or match[4])
        document = _document_of(heading, level, document)
        section = Section(heading, first_line + body.count("\n", 0, match.start()), document)
        section.body, section.notes = _clean(body[match.end() : end])
        sections.append(section)
    return sections


def _document_of(heading: str, level: int, current: str) -> str:
    if _ANNEX.match(heading):
        return ContractDocument.ANNEX
    if level <= 2:
        return ""
    if _LETTER.match(heading):
        return next((document for pattern, document in _DOCUMENTS if pattern.search(heading)), current)
    return current


def plain(text: str) -> str:
    return " ".join(_TAG.sub("", text).replace("**", "").split())


def _clean(text: str) -> tuple[str, list[str]]:
    notes = [_markdown(note[1]) for note in _NOTE.finditer(text)]
    return _markdown(_NOTE.sub("", text)), [note for note in notes if note]


def _markdown(text: str) -> str:
    text = _BLOCK.sub(lambda block: f"\n\n{_table(block[0])}\n\n", text)
    text = _ONE_LINE_BLOCK.sub(lambda block: f"\n\n{html_to_markdown(block[0])}\n\n", text)
    text = _INLINE.sub("", text)
    text = _BULLET.sub(r"\1\2 ", text)
    text = _ANCHOR.sub(r"\1", _LOCAL_LINK.sub(f"]({SITE}/", text))
    return _BLANKS.sub("\n\n", text).strip()


def _table(block: str) -> str:
    """A table keeps its caption, as the sentence before it."""
    captions = [plain(caption) for caption in _CAPTION.findall(block)]
    said = html_to_markdown(_INLINE.sub(" ", _CAPTION.sub("", block)))
    return "\n\n".join([*(f"{caption.rstrip(' :')} :" for caption in captions if caption), said])
