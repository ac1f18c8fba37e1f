"""The texts of a content, with the field each stands in, and the pieces that rules read."""

import re
from collections.abc import Iterator
from typing import Any

from clauses.library.content import CONTEXT_TEXTS, CRITERION_TEXTS

# A list goes with the sentence that announces it.
_BLOCKS = re.compile(r"\n[ \t]*\n(?![ \t]*(?:[-*•–]|\d{1,2}[.)]|\|) )")
_SENTENCES = re.compile(r"[^.!?;\n]+(?:\.(?=\d)[^.!?;\n]*)*[.!?;\n]?")
AROUND = 60


def wording_texts(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for wording in content["wordings"]:
        yield "wordings", wording["text"]


def criterion_texts(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    criterion = content["criterion"]
    for name in CRITERION_TEXTS:
        yield name, criterion[name]
    for step in criterion["scale"]:
        yield "scale", step["description"]


def pasted_texts(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What ends up in a contract document, rather than in the head of who writes it."""
    yield from wording_texts(content)
    yield from criterion_texts(content)


def advice_texts(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in CONTEXT_TEXTS:
        yield name, content.get(name, "")
    for basis in content["bases"]:
        yield "bases", basis["note"]


def blocks(text: str) -> list[str]:
    """Paragraphs, a list being part of the paragraph before it."""
    return [block for block in _BLOCKS.split(text) if block.strip()]


def sentences(text: str) -> Iterator[tuple[int, str]]:
    for match in _SENTENCES.finditer(text):
        yield match.start(), match[0]


def excerpt_at(text: str, start: int, end: int) -> str:
    """The words between two places and a few around, on one line."""
    first, last = max(start - AROUND // 2, 0), min(end + AROUND // 2, len(text))
    piece = " ".join(text[first:last].split())
    return f"{'… ' if first else ''}{piece}{' …' if last < len(text) else ''}"
