"""Finds what a plain text cites of the law: « L. 2112-2 », « article 35 de la loi Climat », « décret n° 2024-134 ».

`find(text)` gives each citation with its place; its cost grows with the length of the text, whatever the text. Numbered
articles count when their text is named beside them; lettered ones are the public procurement code's unless another
code is named. What is not in the base is not cited.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .vocabulary import Vocabulary, current_vocabulary, fold

TEXT, PROVISION = "legal_text", "legal_provision"

_NATURES = {
    "loi": "law",
    "decret": "decree",
    "ordonnance": "ordinance",
    "arrete": "order",
    "directive": "directive",
    "reglement": "eu_regulation",
}
_NUMBER = r"\d{2,4}[-/]\d{1,5}"
_NUMBERED_TEXT = re.compile(
    r"(?<![a-z0-9])(loi|decret|ordonnance|arrete|directive|reglement)s?(?: (?:delegue|d'execution)s?)?"
    r"(?: ?\(?(?:ue|ce)\)?)?(?: ?n(?:°|os?|º))? {0,2}"
    rf"({_NUMBER}(?: ?(?:,|et|&) ?(?:n° ?)?(?:{_NUMBER}|\d{{4}})(?![\d/-])){{0,8}})(?!\d)"
)
_EACH_NUMBER = re.compile(r"(\d{2,4})([-/])(\d{1,5})|(?<![\d/-])(\d{4})")
_CASE = re.compile(r"(?<![a-z0-9])n(?:°|º|o) ?(\d{5,8})(?!\d)")
_WORD = re.compile(r"[a-z0-9œæ]+")
_GAP = re.compile(r"[ '.°-]{1,3}")
_LETTERED = re.compile(r"(?<![a-z0-9])([lrd]) ?\.? ?\*? ?(\d{1,5}(?:-\d{1,4}){0,3})(?![a-z0-9]|-\d)")
_SHORTHAND = re.compile(r" ?(a|/|,|et|ou) ?-(\d{1,4})(?![a-z0-9]|-\d)")
_NUMBERED = re.compile(
    r"(?<![a-z0-9])art(?:icles?|s)?\.? {0,2}(?:n° ?)?(\d{1,4}(?:-\d{1,3})?(?![\d-]))(?:er)?"
    r"((?: ?(?:,|et|&|ou) ?\d{1,4}(?:-\d{1,3})?(?![\d-])){0,10})"
)
_EACH_ARTICLE = re.compile(r"\d{1,4}(?:-\d{1,3})?")
_THEN_TEXT = re.compile(r"[ ,(]{0,3}(?:(?:de la|de l'|du|des|de) ?)?")
_TEXT_THEN = re.compile(r"[ ,(:]{0,3}(?:(?:en son|a son|dans son) )?")
_TEXT_THEN_LETTERED = re.compile(r"[ ,(:]{0,3}(?:(?:art(?:icles?)?)\.? ?)?")
_AND = re.compile(r" ?(?:,|;|/|&|et|ou|a)? ?(?:(?:l'|a l'|les |aux? )?art(?:icles?)?\.? ?)?")
_UNTIL = re.compile(r" ?a (?:l'article )?")
_FOREIGN = re.compile(r" ?,? ?(?:du|de la|de l') ?(?:code|cgct|cgi|csp)(?![a-z])")
_NEAR = 16


@dataclass(frozen=True, slots=True)
class Citation:
    """`start` and `end` are places in the text given; several articles of one range have the same place."""

    start: int
    end: int
    kind: str
    pk: int


@dataclass(slots=True)
class Mention:
    """A text named somewhere; taken once an article known of us was found beside it."""

    start: int
    end: int
    text: int
    taken: bool = False


def find(text: str, vocabulary: Vocabulary | None = None) -> list[Citation]:
    """`vocabulary`, read once, for who reads many texts."""
    vocabulary = vocabulary or current_vocabulary()
    if vocabulary.is_empty:
        return []
    return Reading(fold(text), vocabulary).citations()


def cited_in(text: str) -> set[tuple[str, int]]:
    """The recogniser of `core/contents.py`."""
    return {(citation.kind, citation.pk) for citation in find(text)}


class Reading:
    def __init__(self, text: str, vocabulary: Vocabulary):
        self.text, self.vocabulary = text, vocabulary
        self.mentions = without_overlaps([*self._numbers(), *self._cases(), *self._names()])
        self._starts = [mention.start for mention in self.mentions]
        self.found: list[Citation] = []

    def citations(self) -> list[Citation]:
        self._read_lettered()
        self._read_numbered()
        self.found += [
            Citation(mention.start, mention.end, TEXT, mention.text) for mention in self.mentions if not mention.taken
        ]
        return sorted(set(self.found), key=lambda citation: (citation.start, citation.end, citation.kind, citation.pk))

    # Texts

    def _numbers(self) -> Iterator[Mention]:
        for match in _NUMBERED_TEXT.finditer(self.text):
            nature, prefix, several = _NATURES[match[1]], "", False
            for number in _EACH_NUMBER.finditer(self.text, match.start(2), match.end(2)):
                if number[1]:
                    prefix = number[1] + number[2]
                pk = self.vocabulary.numbers.get((nature, prefix + (number[3] or number[4])))
                if pk is not None:
                    # The first takes the words before it; the others stand alone.
                    yield Mention(number.start() if several else match.start(), number.end(), pk)
                several = True

    def _cases(self) -> Iterator[Mention]:
        for match in _CASE.finditer(self.text):
            pk = self.vocabulary.numbers.get(("case_law", match[1]))
            if pk is not None:
                yield Mention(match.start(), match.end(), pk)

    def _names(self) -> Iterator[Mention]:
        words = list(_WORD.finditer(self.text))
        names = self.vocabulary.names
        place = 0
        while place < len(words):
            step = 1
            for name, pk in names.get(words[place][0], ()):
                if self._says(words, place, name):
                    step = len(name)
                    yield Mention(words[place].start(), words[place + step - 1].end(), pk)
                    break
            place += step

    def _says(self, words: list[re.Match], place: int, name: tuple[str, ...]) -> bool:
        found = words[place : place + len(name)]
        if len(found) < len(name) or any(word[0] != part for word, part in zip(found, name, strict=True)):
            return False
        return all(_GAP.fullmatch(self.text, one.end(), other.start()) for one, other in pairwise(found))

    def _after(self, place: int) -> Mention | None:
        """The text named right after an article: « … de la loi Climat »."""
        index = bisect_left(self._starts, place)
        if index == len(self.mentions) or self.mentions[index].start - place > _NEAR:
            return None
        mention = self.mentions[index]
        return mention if _THEN_TEXT.fullmatch(self.text, place, mention.start) else None

    def _before(self, place: int, between: re.Pattern) -> Mention | None:
        """The text named right before an article: « AGEC, art. 58 »."""
        index = bisect_left(self._starts, place) - 1
        if index < 0 or not 0 <= place - self.mentions[index].end <= _NEAR:
            return None
        mention = self.mentions[index]
        return mention if between.fullmatch(self.text, mention.end, place) else None

    # Articles

    def _read_lettered(self) -> None:
        articles = list(_LETTERED.finditer(self.text))
        codes: list[Mention | None] = [None] * len(articles)
        foreign = [False] * len(articles)
        for index in reversed(range(len(articles))):
            end = articles[index].end()
            codes[index] = self._code(self._after(end))
            foreign[index] = codes[index] is None and bool(_FOREIGN.match(self.text, end))
            if codes[index] is None and not foreign[index] and index + 1 < len(articles):
                following = articles[index + 1].start()
                if following - end <= _NEAR and _AND.fullmatch(self.text, end, following):
                    codes[index], foreign[index] = codes[index + 1], foreign[index + 1]
        for index, article in enumerate(articles):
            if not foreign[index]:
                code = codes[index] or self._code(self._before(article.start(), _TEXT_THEN_LETTERED))
                self._cite_lettered(article, code, articles[index + 1] if index + 1 < len(articles) else None)

    def _code(self, mention: Mention | None) -> Mention | None:
        return mention if mention and mention.text in self.vocabulary.codes else None

    def _cite_lettered(self, article: re.Match, code: Mention | None, following: re.Match | None) -> None:
        text = code.text if code else self.vocabulary.default_code
        key = article[1].upper() + article[2]
        self._cite(text, key, article.start(), article.end(), code)
        last, end = None, article.end()
        if following and following[1] == article[1] and _UNTIL.fullmatch(self.text, end, following.start()):
            last, end = following[1].upper() + following[2], following.end()
        elif short := _SHORTHAND.match(self.text, end):
            last, end = f"{key.rpartition('-')[0]}-{short[2]}", short.end()
            if short[1] != "a":
                self._cite(text, last, article.start(), end, code)
                last = None
        if last:
            for pk in self.vocabulary.between(text, key, last):
                self.found.append(Citation(article.start(), end, PROVISION, pk))

    def _read_numbered(self) -> None:
        for match in _NUMBERED.finditer(self.text):
            mention = self._after(match.end()) or self._before(match.start(), _TEXT_THEN)
            if mention:
                for number in _EACH_ARTICLE.finditer(self.text, match.start(1), match.end()):
                    self._cite(mention.text, number[0], match.start(), match.end(), mention)

    def _cite(self, text: int | None, key: str, start: int, end: int, mention: Mention | None) -> None:
        pk = self.vocabulary.provisions.get((text, key))
        if pk is None:
            return
        if mention:
            mention.taken = True
            # The text named beside is part of the citation, unless another article stands between.
            if _THEN_TEXT.fullmatch(self.text, end, mention.start):
                end = mention.end
            elif mention.end <= start and start - mention.end <= _NEAR:
                start = mention.start
        self.found.append(Citation(start, end, PROVISION, pk))


def without_overlaps(mentions: list[Mention]) -> list[Mention]:
    """The longest of those that start together, then the first come."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda each: (each.start, -each.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
