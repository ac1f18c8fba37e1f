"""What a search gives back."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from .analysis import Query
from .analysis.tokens import tokens_of


@dataclass
class Result:
    """One line of the results: an object that the viewer may see, and the part of its text that was asked."""

    obj: Any
    kind: str
    title: SafeString
    excerpt: SafeString
    url: str
    line: list[str]


@dataclass
class Results:
    """`corrected` says which words were also searched otherwise, and `written` how what was found writes these;
    `relaxed`, that not every word was found together, and `missed`, not even most of them; `others` follow the few rows
    that have them all: they have most of them, and are in no count.
    """

    query: Query
    rows: list[Result] = field(default_factory=list)
    others: list[Result] = field(default_factory=list)
    total: int = 0
    more: bool = False
    facets: dict[str, dict] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    relaxed: bool = False
    missed: bool = False

    @property
    def corrected_text(self) -> str:
        """The query as it would be written with the corrections."""
        return corrected_text(
            self.query, {typed: self.written.get(word, word) for typed, word in self.corrected.items()}
        )


def corrected_text(query: Query, corrected: dict[str, str]) -> str:
    pieces, at_ = [], 0
    for token in tokens_of(query.text):
        if token.word in corrected:
            pieces += [query.text[at_ : token.start], corrected[token.word]]
            at_ = token.end
    return "".join([*pieces, query.text[at_:]])
