"""The numbers that a book gives to its headings by itself, as its contents say them before any word processor counts.

The first level names a contract document and has no number; articles are counted again in each.
"""

from dataclasses import dataclass

from .blocks import Document, Heading, Run, clean

# By level; `{2}` is the number of the heading of level 2.
FORMATS = {1: "", 2: "Article {2} –", 3: "{2}.{3}", 4: "{2}.{3}.{4}"}
# Levels that the contents list.
LISTED = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as the contents list it; `key` is the name of its place."""

    key: str
    level: int
    label: str
    text: str

    @property
    def is_listed(self) -> bool:
        return self.level <= LISTED

    @property
    def words(self) -> str:
        return f"{self.label} {self.text}" if self.label else self.text


def outline(document: Document) -> list[Entry]:
    """One entry a heading, in their order."""
    counts = dict.fromkeys(range(1, 7), 0)
    found = []
    for heading in (block for block in document.blocks if isinstance(block, Heading)):
        label = _counted(heading, counts) if document.is_book and heading.is_numbered else ""
        found.append(Entry(f"_Toc{len(found) + 1:06d}", heading.level, label, plain(heading.runs)))
    return found


def _counted(heading: Heading, counts: dict[int, int]) -> str:
    counts[heading.level] += 1
    counts.update(dict.fromkeys(range(heading.level + 1, 7), 0))
    found = FORMATS.get(heading.level, "")
    for level, count in counts.items():
        found = found.replace(f"{{{level}}}", str(count))
    return found


def plain(runs: list[Run]) -> str:
    return " ".join(clean("".join(run.text for run in runs)).split())
