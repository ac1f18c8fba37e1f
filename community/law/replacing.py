"""Writes the law that stands today where a text cites what it replaced: « décret 2021-254 » → « décret 2024-134 ».

Only what can be written without reading again is: not in a quotation, not beside the words of a repeal, not where an
article of the replaced text is named, nor its title. What is written must be read back as the successor.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .citations import PROVISION, TEXT, Citation, find
from .vocabulary import Fact, Vocabulary, fold

Key = tuple[str, int]
AROUND = 120
MAX_STEPS = 10

_GENDERS = {
    "loi": "f",
    "directive": "f",
    "decret": "m",
    "reglement": "m",
    "code": "m",
    "guide": "m",
    "ordonnance": "v",
    "arrete": "v",
}
# By gender: masculine, feminine, before a vowel.
_DETERMINERS = (
    {"m": "le ", "f": "la ", "v": "l’"},
    {"m": "du ", "f": "de la ", "v": "de l’"},
    {"m": "au ", "f": "à la ", "v": "à l’"},
    {"m": "ce ", "f": "cette ", "v": "cet "},
)
_DETERMINER = re.compile(r"(?<![\w’'])(de la |de l['’]|à la |à l['’]|du |au |cette |cet |ce |le |la |l['’])$", re.I)
_FIRST_WORD = re.compile(r"[a-z]+")
_DATE = re.compile(r",? ?(?:en date )?du \d{1,2}(?:er)? [a-z]+ \d{4}(?!\d)")
_TITLE = re.compile(r",? ?(?:relati|portant |fixant |modifi|pris pour |pris en )")
_ARTICLE_BEFORE = re.compile(
    r"(?<![a-z])art(?:icles?|s)?\.? {0,2}(?:n° ?)?(?:[lrd] ?\.? ?)?\d[^\n;()]{0,60}?(?:de la |de l'|du |des |de |, ?)$"
)
_ARTICLE_AFTER = re.compile(r"[ ,(:]{0,3}(?:en son |à son |dans son )?art(?:icles?)?\.? ?(?:[lrd] ?\.? ?)?\d")
_SAYS_ARTICLE = re.compile(r"(?<![a-z])art(?:icles?|s)?\.? ?$")
_BARE_ARTICLE = re.compile(r"[lrd] ?\.? ?\*? ?\d[\d-]*")
_TOLD = re.compile(r"abrog|(?:est|ete|etait|a|qui|ont) remplace|remplacee?s? par|en remplacement d|ancien(?:ne)?s? ")
_KEPT = re.compile(r"^ {0,3}>.*$|`[^`\n]*`|<?https?://[^\s)>]+>?", re.M)
_LINK = re.compile(r"\[([^\]\n]*)\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Change:
    start: int
    end: int
    old: str
    new: str


def pairs_among(cited: Iterable[Key], law: Vocabulary, today: date) -> dict[Key, Key]:
    """What is out of force among `cited`, and what stands in its place today; nothing where that is not known."""
    found = {}
    for key in cited:
        fact = law.facts.get(key)
        if fact is not None and is_out(fact, today) and (last := last_of(key, law, today)):
            found[key] = last
    return found


def is_out(fact: Fact, today: date) -> bool:
    return fact.repealed_on is not None and fact.repealed_on <= today


def last_of(key: Key, law: Vocabulary, today: date) -> Key | None:
    """The end of the chain of « remplacé par », if it is in force."""
    for _step in range(MAX_STEPS):
        fact = law.facts[key]
        if not is_out(fact, today):
            return key
        if fact.successor is None or fact.successor not in law.facts:
            return None
        key = fact.successor
    return None


def changes_in(text: str, law: Vocabulary, pairs: Mapping[Key, Key]) -> list[Change]:
    """In the order of the text, none over another."""
    if not pairs or not text:
        return []
    folded, citations = fold(text), find(text, law)
    kept = [found.span() for found in _KEPT.finditer(text)]
    links = [(found.span(1), found.span(2)) for found in _LINK.finditer(text)]
    changes = [*address_changes(text, links, law, pairs)]
    for citation in alone(citations):
        new = pairs.get((citation.kind, citation.pk))
        if new is None or is_within(citation.start, kept) or not may_be_written_over(folded, citation, citations, new):
            continue
        changes += written(text, folded, citation, new, law)
        link = next((target for label, target in links if label[0] <= citation.start < label[1]), None)
        if link is not None and text[slice(*link)] != law.facts[new].url:
            changes.append(Change(*link, text[slice(*link)], law.facts[new].url))
    return without_overlaps(changes)


def replaced(text: str, law: Vocabulary, pairs: Mapping[Key, Key]) -> str:
    pieces, end = [], 0
    for change in changes_in(text, law, pairs):
        pieces += [text[end : change.start], change.new]
        end = change.end
    return "".join([*pieces, text[end:]])


def alone(citations: list[Citation]) -> list[Citation]:
    """Those that share their place with no other: a range of articles is not one article."""
    return [
        each
        for each in citations
        if not any(other is not each and other.start < each.end and each.start < other.end for other in citations)
    ]


def is_within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def may_be_written_over(folded: str, citation: Citation, citations: list[Citation], new: Key) -> bool:
    line = folded.rfind("\n", 0, citation.start) + 1
    stop = folded.find("\n", citation.end)
    first, last = max(line, citation.start - AROUND), min(stop if stop >= 0 else len(folded), citation.end + AROUND)
    # The sentence tells of the replacement itself.
    if _TOLD.search(folded, first, last):
        return False
    if any((each.kind, each.pk) == new and first <= each.start < last for each in citations):
        return False
    if citation.kind == PROVISION:
        return True
    # An article of the replaced text has another number in its successor; and its title is another one.
    end = end_with_date(folded, citation.end)
    return not (
        _ARTICLE_BEFORE.search(folded, first, citation.start)
        or _ARTICLE_AFTER.match(folded, citation.end, last)
        or _TITLE.match(folded, end)
    )


def end_with_date(folded: str, end: int) -> int:
    found = _DATE.match(folded, end)
    return found.end() if found else end


def written(text: str, folded: str, citation: Citation, new: Key, law: Vocabulary) -> list[Change]:
    """The citation, with the determiner before it when its gender changes; nothing when it would not be read back."""
    start = citation.start
    end = end_with_date(folded, citation.end) if citation.kind == TEXT else citation.end
    words, before = words_of(text, folded, citation, new, law), text[max(0, start - 12) : start]
    if gender_of(words) and (found := _DETERMINER.search(before)):
        said = agreed(found[1], gender_of(words))
        if said != found[1]:
            start, words = start - len(found[1]), said + words
    around = text[max(0, start - AROUND) : start]
    line = around + words + text[end : end + AROUND]
    span = range(len(around), len(around) + len(words))
    if not any((each.kind, each.pk) == new and each.start in span for each in find(line, law)):
        return []
    return [Change(start, end, text[start:end], words)]


def words_of(text: str, folded: str, citation: Citation, new: Key, law: Vocabulary) -> str:
    mark, fact = text[citation.start : citation.end], law.facts[new]
    if new[0] == TEXT:
        return cased(fact.name, mark, text[: citation.start])
    of = law.facts[TEXT, fact.text]
    old = law.facts[citation.kind, citation.pk]
    low = fold(mark)
    if old.text == fact.text and _BARE_ARTICLE.fullmatch(low):
        return fact.label
    name = named(of.name)
    if low[:3] != "art" and not _BARE_ARTICLE.match(low):
        return f"{cased(of.name, mark, text[: citation.start])}, art. {fact.label}"
    whole = f"{fact.label} {name}"
    if _SAYS_ARTICLE.search(folded[: citation.start]):
        return whole
    if low[:3] == "art" or not fact.label[:1].isalpha():
        return f"{'Article' if mark[:1].isupper() and low[:3] == 'art' else 'article'} {whole}"
    return whole


def gender_of(name: str) -> str:
    found = _FIRST_WORD.match(fold(name))
    return _GENDERS.get(found[0], "") if found else ""


def named(name: str) -> str:
    """« de la loi AGEC », « du code de l’environnement »; between brackets where the name begins by no such word."""
    gender = gender_of(name)
    return _DETERMINERS[1][gender] + name[:1].lower() + name[1:] if gender else f"({name})"


def cased(name: str, mark: str, before: str) -> str:
    """« décret » inside a sentence, « Décret » where the citation began so, or begins the sentence."""
    if not gender_of(name):
        return name
    begins = not before.strip() or before.rstrip(" ").endswith(("\n", ".", ":", "-", "*"))
    capital = mark[:1].isupper() and (bool(gender_of(mark)) or begins)
    return (name[:1].upper() if capital else name[:1].lower()) + name[1:]


def agreed(said: str, gender: str) -> str:
    """The same determiner for another gender: « le » → « la »; as it was where the gender is not known."""
    low = said.lower().replace("'", "’")
    forms = next((forms for forms in _DETERMINERS if low in forms.values()), None)
    if forms is None or not gender or forms[gender] == low:
        return said
    return forms[gender][:1].upper() + forms[gender][1:] if said[:1].isupper() else forms[gender]


def address_changes(text: str, links: list, law: Vocabulary, pairs: Mapping[Key, Key]) -> list[Change]:
    """Links of the text to the page of what was replaced."""
    urls = {law.facts[old].url: law.facts[new].url for old, new in pairs.items()}
    targets = [(target, text[slice(*target)]) for _label, target in links]
    return [Change(*target, url, urls[url]) for target, url in targets if url in urls]


def without_overlaps(changes: list[Change]) -> list[Change]:
    kept: list[Change] = []
    for change in sorted(set(changes), key=lambda each: (each.start, each.end)):
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept
