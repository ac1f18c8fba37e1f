"""Paragraphs of a wording, and changes put on them: pure functions, no row is read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from clauses.library.models import Hunk, HunkKind, HunkState

_BLANK = re.compile(r"\n[ \t]*\n\s*")
TAKEN = (HunkState.ACCEPTED, HunkState.REWRITTEN)


def paragraphs(text: str) -> list[str]:
    return [block.strip("\n").rstrip() for block in _BLANK.split(text.strip()) if block.strip()]


def join(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block.strip())


def paragraphs_of(content: dict[str, Any]) -> dict[str, list[str]]:
    return {wording["key"]: paragraphs(wording["text"]) for wording in content["wordings"]}


def place_of(hunk: Hunk, blocks: list[str]) -> int | None:
    """Where the paragraph that the change is about stands now, from 1; nothing when no one says that any more.

    Another paragraph may have come before it: it is then found by its words, if only one has them.
    """
    if hunk.kind == HunkKind.ADD and not hunk.before:
        return 0
    if 0 < hunk.position <= len(blocks) and blocks[hunk.position - 1] == hunk.before:
        return hunk.position
    found = [place for place, block in enumerate(blocks, start=1) if block == hunk.before]
    return found[0] if len(found) == 1 else None


def is_stale(hunk: Hunk, content: dict[str, Any]) -> bool:
    """Once taken into a version it is done, not stale."""
    if hunk.published_version is not None:
        return False
    return place_of(hunk, paragraphs_of(content).get(hunk.wording_key, [])) is None


def text_taken(hunk: Hunk) -> str:
    return hunk.decided_text if hunk.state == HunkState.REWRITTEN else hunk.after


@dataclass(slots=True)
class Changes:
    """What becomes of the paragraphs of one wording, by their place: a new text (empty: gone), and what follows."""

    replaced: dict[int, str] = field(default_factory=dict)
    added: dict[int, list[str]] = field(default_factory=dict)

    def apply(self, blocks: list[str]) -> str:
        out = list(self.added.get(0, ()))
        for place, block in enumerate(blocks, start=1):
            out += [self.replaced.get(place, block), *self.added.get(place, ())]
        return join(out)


def apply_hunks(content: dict[str, Any], hunks: Iterable[Hunk]) -> dict[str, Any]:
    """The content with these changes in it. None of them may be stale."""
    known = paragraphs_of(content)
    changes: dict[str, Changes] = {}
    for hunk in hunks:
        place = place_of(hunk, known.get(hunk.wording_key, []))
        if place is None:
            raise ValueError(f"stale: {hunk}")
        change = changes.setdefault(hunk.wording_key, Changes())
        if hunk.kind == HunkKind.ADD:
            change.added.setdefault(place, []).append(text_taken(hunk))
        else:
            change.replaced[place] = "" if hunk.kind == HunkKind.REMOVE else text_taken(hunk)
    wordings = [
        {**wording, "text": changes[wording["key"]].apply(known[wording["key"]])}
        if wording["key"] in changes
        else wording
        for wording in content["wordings"]
    ]
    return {**content, "wordings": wordings}


def touches(hunk: Hunk) -> tuple[str, str]:
    """Two changes with the same key are about the same paragraph."""
    return hunk.wording_key, hunk.before
