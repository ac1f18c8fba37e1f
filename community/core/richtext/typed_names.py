"""« @Prénom Nom » typed by hand, where no list completes the name: where such names stand in a text."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from .mentions import MENTION, escape_markdown
from .rules import build_parser

MAX_WORDS = 6
# Beyond these, what is typed stays as it is: each is looked for among members.
MAX_SPOTS = 60
_WORD = r"[^\W_]+(?:[-'’][^\W_]+)*"
# Neither an e-mail, nor an address, nor what a backslash keeps as it is; a name has two words at least.
_TYPED = re.compile(rf"(?<![\w@./:\\-])@(?=[^\W\d_])({_WORD}(?:[ \u00a0\u202f]{_WORD}){{1,{MAX_WORDS - 1}}})")
_BEFORE_WORD = re.compile(r"[ \u00a0\u202f]")

_parser = build_parser()


@dataclass(frozen=True, slots=True)
class TypedName:
    """An « @ » and what may be the name after it, which ends nobody knows where."""

    start: int
    words: str

    @property
    def readings(self) -> list[str]:
        """The longest first; the text goes on after each."""
        ends = [match.start() for match in _BEFORE_WORD.finditer(self.words)][1:]
        return [self.words, *(self.words[:end] for end in reversed(ends))]


def names_in_text(text: str) -> list[TypedName]:
    """Of a plain, normalised text; those inside mentions are mentions already."""
    taken = [match.span() for match in MENTION.finditer(text)]
    found = (TypedName(match.start(), match[1]) for match in _TYPED.finditer(text))
    free = (name for name in found if not any(start <= name.start < end for start, end in taken))
    return list(islice(free, MAX_SPOTS))


def names_in_markdown(markdown: str) -> list[TypedName]:
    """Of a normalised text in Markdown: in the author's own words, neither in a quote, nor in code, nor in a link."""
    found = names_in_text(markdown)
    if not found:
        return []
    # Each is marked, and looked for in what the parser makes of the text: only it knows what is code.
    mark, pieces, end = secrets.token_hex(12), [], 0
    for rank, name in enumerate(found):
        pieces += [markdown[end : name.start + 1], f"{mark}{rank}z"]
        end = name.start + 1
    marked = re.compile(rf"@{mark}(\d+)z")
    text = "".join([*pieces, markdown[end:]])
    own = {int(rank) for words in _own_words(text) for rank in marked.findall(words)}
    return [name for rank, name in enumerate(found) if rank in own]


def _own_words(markdown: str) -> Iterator[str]:
    quotes = 0
    for token in _parser.parse(markdown):
        quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.type != "inline" or quotes:
            continue
        links = 0
        for child in token.children or []:
            links += (child.type == "link_open") - (child.type == "link_close")
            if child.type == "text" and not links:
                yield child.content


def link_names(text: str, names: list[TypedName], bearers: Mapping[str, str], *, key: Callable[[str], str]) -> str:
    """The text with a mention in place of each name that `bearers` knows, by `key`; of its readings the longest one
    counts, and an empty public id leaves it as it is.
    """
    pieces, end = [], 0
    for name in names:
        reading = next((each for each in name.readings if key(each) in bearers), "")
        public_id = bearers.get(key(reading)) if reading else ""
        if not public_id:
            continue
        pieces += [text[end : name.start], f"@[{escape_markdown(reading)}](membre:{public_id})"]
        end = name.start + 1 + len(reading)
    return "".join([*pieces, text[end:]])
