"""Reading what was typed: words, « phrases », -exclusions, fields. What is not understood is text, never an error."""

import re
from dataclasses import dataclass, field
from datetime import date

from .plan import Node, Phrase, Word, all_of, any_of
from .synonyms import Synonyms
from .tokens import CPV, STEM, STOP_WORDS, Token, fold, names_in, normalised, tokens_of
from .units import Unit, is_compound, said_cpv, units_of

MAX_QUERY = 200
MAX_TERMS = 12
MIN_CPV, MAX_CPV = 3, 8
FIELDS = {
    "auteur": "author",
    "autrice": "author",
    "famille": "family",
    "piece": "document",
    "statut": "state",
    "avant": "before",
    "apres": "after",
}
_PART = re.compile(
    r"""(?P<minus>(?<!\S)-)?(?:
      (?:(?P<field>auteur|autrice|famille|pi[eè]ce|statut|avant|apr[eè]s)\s?:\s?(?P<value>"[^"]*"|«[^»]*»|[^\s"«]+))
      |"(?P<quoted>[^"]*)"|«(?P<french>[^»]*)»
      |(?P<bare>[^\s"«»]+)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# As a word processor writes them.
_QUOTES = str.maketrans("“”„‟", '""""')
_YEAR = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_FRENCH_DATE = re.compile(r"(?:(\d{1,2})[/.])?(\d{1,2})[/.](\d{4})")


@dataclass
class Query:
    """`groups` must all be there, `excluded` must not; `words` are the typed tokens, for corrections.
    `authors_left_out` and `left_out` are what a minus before a field asks: the names that signed, the other values.
    `named` are those values as they were typed, each with its field; `said`, what is asked in words, without what
    narrows or leaves out. `has_compounds`: some words are asked next to one another, which they would not be read
    loosely.
    """

    text: str
    groups: list[Node] = field(default_factory=list)
    excluded: list[Node] = field(default_factory=list)
    words: list[Token] = field(default_factory=list)
    authors: list[Node] = field(default_factory=list)
    authors_left_out: list[Node] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    named: list[tuple[str, str]] = field(default_factory=list)
    before: date | None = None
    after: date | None = None
    has_compounds: bool = False
    said: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.authors or self.fields or self.before or self.after)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How words are read, beside themselves."""

    synonyms: Synonyms | None
    corrections: dict[str, str]
    loosely: bool


def parse(
    text: str,
    synonyms: Synonyms | None = None,
    *,
    corrections: dict[str, str] | None = None,
    loosely: bool = False,
) -> Query:
    """`corrections` are words to ask beside those typed: {typed word: corrected word}. `loosely`, those of a compound
    may stand anywhere.
    """
    typed = " ".join(normalised(text[: MAX_QUERY * 4]).translate(_QUOTES).split())[:MAX_QUERY]
    query, reading = Query(text=typed), _Reading(synonyms, corrections or {}, loosely)
    run: list[Token] = []
    said: list[str] = []
    for part in _PART.finditer(typed):
        if part["field"] and _read_field(query, fold(part["field"]), part["value"].strip('"«» '), part["minus"]):
            continue
        quoted = part["quoted"] if part["quoted"] is not None else part["french"]
        said += [] if part["minus"] else [(part[0] if quoted is None else quoted).strip()]
        if quoted is None and not part["minus"]:
            run.extend(_tokens(typed, part.start(), part.end()) or _acronym(part, synonyms))
            continue
        _read_run(query, run, reading)
        run = []
        _read_special(query, quoted if quoted is not None else part[0].lstrip("-"), part["minus"], quoted is not None)
    _read_run(query, run, reading)
    query.groups = list(dict.fromkeys(query.groups))[:MAX_TERMS]
    query.said = " ".join(said)
    return query


def _read_run(query: Query, run: list[Token], reading: _Reading) -> None:
    """Words between which nothing else is asked."""
    units = units_of(run, query.text, loosely=reading.loosely)
    query.groups += _groups(units, reading)
    query.words += run
    query.has_compounds |= any(map(is_compound, units))


def _tokens(typed: str, start: int, end: int) -> list[Token]:
    """The tokens that begin in this part: « L. 2112-2 » is two parts and one token."""
    return [token for token in tokens_of(typed) if start <= token.start < end]


def _acronym(part: re.Match, synonyms: Synonyms | None) -> list[Token]:
    """« AI » in capitals, of which the lower case is a word that says nothing."""
    word, stem = fold(part[0]), STEM + fold(part[0])
    if synonyms is None or not part[0].isupper() or word not in STOP_WORDS or not synonyms.alternatives((stem,)):
        return []
    return [Token(part.start(), part.end(), word, (stem,))]


def _read_special(query: Query, text: str, minus: str | None, is_quoted: bool) -> None:
    tokens = list(tokens_of(text))[:MAX_TERMS]
    if not tokens:
        return
    words = tuple(token.word for token in tokens)
    if is_quoted and len(words) > 1:
        node: Node = Phrase(words)
    else:
        node = all_of([_typed(unit, loosely=not is_quoted) for unit in units_of(tokens, text)])
    if minus:
        query.excluded.append(node)
        del query.excluded[MAX_TERMS:]
    else:
        query.groups.append(node)
        query.words += tokens


def _typed(unit: Unit, *, loosely: bool = True) -> Node:
    if digits := said_cpv(unit):
        return _cpv_code(digits)
    if len(unit) > 1:
        return Phrase(tuple(token.stems[0] for token in unit))
    return _typed_word(unit[0], loosely=loosely)


def _cpv_code(digits: str) -> Node:
    """Digits said to be of the CPV; the two of a division are found after those letters only, or in a whole code."""
    codes = _stems_of_cpv(digits, is_said=True)
    if len(digits) < MIN_CPV:
        return any_of([Word("", codes), Phrase(("cpv", digits))])
    return Word(digits, (f"{STEM}{digits}", *codes))


def _typed_word(token: Token, *, loosely: bool = True) -> Word:
    stems = token.stems if loosely else ()
    return Word(token.word, (*stems, *_stems_of_cpv(token.word)))


def _stems_of_cpv(word: str, *, is_said: bool = False) -> tuple[str, ...]:
    return tuple(f"{STEM}{CPV}{code}" for code in _cpv_of(word, is_said=is_said))


def _cpv_of(word: str, *, is_said: bool) -> list[str]:
    """The prefixes that a code asks for: its own, or for a division (45000000) its groups, the shortest kept."""
    if not word.isdigit() or len(word) > MAX_CPV:
        return []
    prefix = word.rstrip("0")
    if len(prefix) >= MIN_CPV:
        return [prefix]
    is_division = prefix and (is_said or len(word) == MAX_CPV)
    return [f"{word[:2]}{group}" for group in range(10)] if is_division else []


def _groups(units: list[Unit], reading: _Reading) -> list[Node]:
    """One group a word or a compound, or a group of them that has a synonym; the longest first."""
    groups: list[Node] = []
    rank = 0
    # What a corrected word may be called is as good an answer as what the right one may be.
    meant = [_corrected(unit, reading) for unit in units]
    while rank < len(units) and len(groups) < MAX_TERMS:
        length, others = _longest_entry(meant[rank:], reading.synonyms)
        own = all_of([_with_correction(unit, reading) for unit in units[rank : rank + length]])
        groups.append(any_of([own, *others]))
        rank += length
    return groups


def _corrected(unit: Unit, reading: _Reading) -> Unit:
    return tuple(_corrected_word(token, reading) for token in unit)


def _corrected_word(token: Token, reading: _Reading) -> Token:
    found = list(tokens_of(reading.corrections.get(token.word, "")))
    return found[0] if len(found) == 1 else token


def _with_correction(unit: Unit, reading: _Reading) -> Node:
    typed = _typed(unit)
    if reading.corrections.keys().isdisjoint(token.word for token in unit):
        return typed
    if len(unit) > 1:
        return any_of([typed, _typed(_corrected(unit, reading))])
    return any_of([typed, *(_typed_word(each) for each in tokens_of(reading.corrections[unit[0].word]))])


def _longest_entry(units: list[Unit], synonyms: Synonyms | None) -> tuple[int, list[Node]]:
    """How many of the first units are called otherwise, and how; no entry ends within a compound."""
    if synonyms is not None:
        for length in range(min(synonyms.longest, len(units)), 0, -1):
            others = synonyms.alternatives(tuple(token.stems[0] for unit in units[:length] for token in unit))
            if others:
                return length, others
    return 1, []


def _read_field(query: Query, name: str, value: str, minus: str | None) -> bool:
    """False when it is not one of ours: the part is then text."""
    known = FIELDS.get(name)
    if known is None or not value:
        return False
    if known in ("before", "after"):
        return _read_bound(query, known, read_date(value), minus)
    if known == "author":
        return _read_author(query, names_in(value)[:MAX_TERMS], minus)
    kept = query.left_out if minus else query.fields
    kept.setdefault(known, []).append(fold(value))
    query.named.append((known, value))
    return True


def _read_author(query: Query, names: list[str], minus: str | None) -> bool:
    """A name says nothing that may be left aside: every word of it counts."""
    if minus and names:
        query.authors_left_out.append(all_of([Word(name) for name in names]))
        del query.authors_left_out[MAX_TERMS:]
    else:
        query.authors += map(Word, names)
    return bool(names)


def _read_bound(query: Query, side: str, moment: date | None, minus: str | None) -> bool:
    """What is not before a day is after it; of several bounds, the nearest."""
    if moment is None:
        return False
    if (side == "before") is not bool(minus):
        query.before = min(query.before or moment, moment)
    else:
        query.after = max(query.after or moment, moment)
    return True


def read_date(value: str) -> date | None:
    """2026, 2026-03, 2026-03-31, 31/03/2026 or 03/2026."""
    french, plain = _FRENCH_DATE.fullmatch(value), _YEAR.fullmatch(value)
    try:
        if french:
            return date(int(french[3]), int(french[2]), int(french[1] or 1))
        if plain:
            return date(int(plain[1]), int(plain[2] or 1), int(plain[3] or 1))
    except ValueError:
        pass
    return None
