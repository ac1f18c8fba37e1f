"""The words of the trade that mean the same; applied to queries only, so that a change asks for no new index."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .plan import Node, Phrase, Word
from .tokens import STEM, STOP_WORDS, fold, normalised, tokens_of

MAX_ALTERNATIVES = 12
ONE_WAY = "=>"


def terms_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words and the first stems of an entry; « AI » is one although « ai » says nothing."""
    tokens = list(tokens_of(normalised(text)))
    if not tokens and (acronym := fold(text.strip())) in STOP_WORDS:
        return (acronym,), (STEM + acronym,)
    return tuple(token.word for token in tokens), tuple(token.stems[0] for token in tokens)


@dataclass
class Synonyms:
    """Entries by their first stems, so that plurals meet them too; `longest` is the length of the longest,
    `words` those that are one word, as written: what a slip may have meant, `acronyms` apart.
    """

    entries: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    longest: int = 0
    words: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> "Synonyms":
        """`a, b, c` are equivalent; in `a => b, c`, a is also searched as b and c, and not the reverse."""
        found = cls()
        for line in lines:
            left, arrow, right = line.partition(ONE_WAY)
            written = [terms_of(each) for each in left.split(",")]
            found.words.update(words[0] for words, _stems in written if len(words) == 1)
            sources = [stems for _words, stems in written]
            meant = [terms_of(each) for each in right.split(",")] if arrow else written
            targets = [stems for _words, stems in meant]
            found.acronyms.update("".join(word[0] for word in words) for words, _stems in meant if len(words) > 1)
            for source in filter(None, sources):
                found._add(source, [target for target in targets if target and target != source])
        return found

    def _add(self, source: tuple[str, ...], targets: list[tuple[str, ...]]) -> None:
        known = self.entries.get(source, ())
        self.entries[source] = tuple(dict.fromkeys((*known, *targets)))[:MAX_ALTERNATIVES]
        self.longest = max(self.longest, len(source))

    def alternatives(self, stems: tuple[str, ...]) -> list[Node]:
        """What else these words may be called."""
        return [
            Word("", (target[0],)) if len(target) == 1 else Phrase(target) for target in self.entries.get(stems, ())
        ]
