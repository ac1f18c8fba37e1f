"""From a text to what is stored and asked: folded words, codes as one token, and the stems of both spellings."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from Stemmer import Stemmer

from .inclusive import PATTERN as INCLUSIVE
from .inclusive import base_of

# To be raised with any change of what texts become: documents are then written anew.
VERSION = 5
STEM = "_"
AUTHOR = "@"
# What a code stands under: « cpv_45233 » is on every document about 45233140-2.
CPV = "cpv_"
MAX_WORD = 40
_KEPT_FORMS = 200_000

STOP_WORDS = frozenset(
    [
        "a",
        "ai",
        "as",
        "au",
        "aux",
        "avec",
        "c",
        "ce",
        "ces",
        "cet",
        "cette",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "elles",
        "en",
        "est",
        "et",
        "eu",
        "il",
        "ils",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lui",
        "m",
        "ma",
        "mais",
        "me",
        "mes",
        "meme",
        "mon",
        "n",
        "ne",
        "nos",
        "notre",
        "nous",
        "on",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sa",
        "se",
        "ses",
        "si",
        "son",
        "sont",
        "sur",
        "t",
        "ta",
        "te",
        "tes",
        "ton",
        "tu",
        "un",
        "une",
        "vos",
        "votre",
        "vous",
        "y",
    ]
)
# Words of the trade whose stem would meet another word: « marché » is not « marche », « bio » not « biens »,
# « rendez-vous » not « rend ».
PROTECTED = {
    form: base
    for base, forms in {
        "marche": "marche marches marché marchés",
        "lot": "lot lots",
        "acte": "acte actes",
        "bio": "bio",
        "delai": "delai delais délai délais",
        "mesure": "mesure mesures",
        "prix": "prix",
        "pli": "pli plis",
        "bois": "bois",
        "part": "part parts",
        "parti": "parti partis",
        "avis": "avis",
        "ouvrage": "ouvrage ouvrages",
        "ouvert": "ouvert ouverts ouverte ouvertes",
        "papier": "papier papiers",
        "rendez": "rendez",
        "carton": "carton cartons",
        "serveur": "serveur serveurs",
        "service": "service services",
    }.items()
    for form in forms.split()
}
DASH = "[-‐‑–]"
_SPACE = "[ \u00a0\u202f]"
_CODE = rf"(?<!\w)(?:[LRDlrd]\.?{_SPACE}?\*?|[Aa]\.{_SPACE}?|A)\d{{3,4}}{DASH}\d+(?:{DASH}\d+)?(?!\w)"
# « L. 2112 », all of whose articles it asks; without its full stop, in capitals only, as « l » is an article too.
_CHAPTER = rf"(?:[LRDlrd]\.{_SPACE}?|(?-i:[LRD]){_SPACE})\*?\d{{3,4}}(?!\w|[.,]\d|{DASH}\d|{_SPACE}\d{{3}}(?!\w))"
_CPV_CODE = rf"(?<!\w)\d{{8}}(?:{DASH}\d)?(?!\w)"
_BARE_CODE = rf"(?<!\w)\d{{3,4}}{DASH}\d{{1,3}}(?:{DASH}\d+)?(?!\w)"
_GROUPED = rf"(?<!\w)\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\w)"
_AMOUNT = rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d{{1,6}})(?:[.,]\d{{1,3}})?{_SPACE}?[kKmM]€"
_ELISION = r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)['’ʼ`´]"
_TOKEN = re.compile(
    rf"(?P<code>{_CODE})|(?P<chapter>(?<!\w){_CHAPTER})|(?P<cpv>{_CPV_CODE})|(?P<bare>{_BARE_CODE})"
    rf"|(?P<amount>(?<!\w){_AMOUNT})|(?P<grouped>{_GROUPED})|(?P<elision>{_ELISION})|(?P<inclusive>{INCLUSIVE})|(?P<word>[^\W_]+)",
    re.IGNORECASE,
)
# What stands between spaces; « L. 2112-2 », « L. 2112 », « 60 000 » and « 70 k€ » are one. Nearly all are plain words,
# which the first two characters say at once: the rest is tried for the others only.
_CHUNK = re.compile(
    rf"(?=\S)(?:[^\W\d_](?![.\s])\S*|[^\w\s]*(?:(?:[LRDlrd]\.?|[Aa]\.){_SPACE}\*?(?=\d{{3,4}}{DASH}\d)\S+"
    rf"|(?={_CHAPTER})[LRDlrd]\.?{_SPACE}\S+|{_AMOUNT}\S*|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\w)\S*|\S+))"
)
_NAME = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_stem = Stemmer("french", 0).stemWord


class Token(NamedTuple):
    """`word` is what is compared exactly, `stems` what is compared loosely; `more` are further exact forms."""

    start: int
    end: int
    word: str
    stems: tuple[str, ...]
    more: tuple[str, ...] = ()


class _Form(NamedTuple):
    word: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysed:
    """Words in their order; stems: one a word in the same order, then the second stems of accented words."""

    words: tuple[str, ...]
    stems: tuple[str, ...]


def normalised(text: str) -> str:
    """Composed accents; control characters (NUL among them) as spaces; no-break spaces stay, as a typographer wants
    them shown. Offsets are those of this text.
    """
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        for char in set(text):
            if not char.isprintable() and char not in "\n\u00a0\u202f":
                text = text.replace(char, " ")
    return text


def fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    word = word.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def names_in(text: str) -> list[str]:
    """What a signed name is kept and asked by: each of its words, whatever stands between."""
    return [AUTHOR + fold(word) for word in _NAME.findall(text)]


_PLURAL = re.compile(r".{2,}(?:[ou]|[^a]i|[^r]a)s|essais|balais|quais")


def singular(word: str) -> str:
    """The stemmer leaves the plural of « vélos », « emplois » or « essais » as it is."""
    return word[:-1] if word.endswith("s") and _PLURAL.fullmatch(word) else word


_forms: dict[str, _Form | None] = {}


def form_of(raw: str) -> _Form | None:
    """The forms of one word as written; none for a word that says nothing. Kept: texts repeat their words."""
    try:
        return _forms[raw]
    except KeyError:
        pass
    if len(_forms) > _KEPT_FORMS:
        _forms.clear()
    form = _forms[raw] = _new_form(raw[:MAX_WORD])
    return form


def _new_form(raw: str) -> _Form | None:
    lower = raw.lower()
    word = "".join(char for char in fold(raw) if char.isalnum())
    if not word or word in STOP_WORDS:
        return None
    if lower in PROTECTED:
        return _Form(word, (STEM + PROTECTED[lower],))
    if any(char.isdigit() for char in word):
        return _Form(word, (STEM + word,))
    plain = _stem(singular(word))
    accented = fold(_stem(singular(lower.replace("œ", "oe").replace("æ", "ae"))))
    return _Form(word, (STEM + plain,) if plain == accented else (STEM + plain, STEM + accented))


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens of a normalised text, with their places in it; words that say nothing are left out."""
    for at, tokens in chunks_of(text):
        for token in tokens:
            yield token._replace(start=token.start + at, end=token.end + at)


def chunks_of(text: str) -> Iterator[tuple[int, tuple[Token, ...]]]:
    """What stands between spaces: its place, and its tokens placed from there."""
    for chunk in _CHUNK.finditer(text):
        tokens = tokens_of_chunk(chunk[0])
        if tokens:
            yield chunk.start(), tokens


_chunks: dict[str, tuple[Token, ...]] = {}


def tokens_of_chunk(chunk: str) -> tuple[Token, ...]:
    """Kept, as texts repeat their words."""
    try:
        return _chunks[chunk]
    except KeyError:
        pass
    if len(_chunks) > _KEPT_FORMS:
        _chunks.clear()
    found = tuple(token for match in _TOKEN.finditer(chunk) for token in _tokens_of_match(match))
    if len(chunk) <= MAX_WORD:
        _chunks[chunk] = found
    return found


def _tokens_of_match(match: re.Match) -> Iterator[Token]:
    start, end, raw = match.start(), match.end(), match[0]
    name = match.lastgroup
    if name in ("word", "inclusive"):
        form = form_of(raw if name == "word" else base_of(raw))
        if form:
            yield Token(start, end, form.word, form.stems)
    elif name != "elision":
        word, more = _code_forms(name, raw)
        yield Token(start, end, word, (STEM + word,), more)


def _code_forms(name: str | None, raw: str) -> tuple[str, tuple[str, ...]]:
    numbers = _DIGITS.findall(raw)
    if name == "grouped":
        return "".join(numbers), ()
    if name == "amount":
        return _amount(raw)
    if name == "cpv":
        return numbers[0], tuple(CPV + numbers[0][:length] for length in range(3, 9))
    joined = "-".join(numbers)
    if name == "bare":
        return joined, tuple(numbers)
    letter = raw[0].lower()
    return letter + joined, (joined, letter + numbers[0]) if name == "code" else (joined,)


def _amount(raw: str) -> tuple[str, tuple[str, ...]]:
    """« 70 k€ » as « 70 000 », found by « 70k » too."""
    unit = raw[-2].lower()
    figures = re.sub(_SPACE, "", raw[:-2]).replace(",", ".")
    euros = int(Decimal(figures) * {"k": 1_000, "m": 1_000_000}[unit])
    return str(euros), (f"{figures}{unit}",) if figures.isdigit() else ()


class _Kept(dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]):
    """What each chunk gives a store: words, first stems, further stems; read again and again by every text."""

    def __missing__(self, chunk: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        tokens = tokens_of_chunk(chunk)
        further = [(*token.stems[1:], *(STEM + each for each in token.more)) for token in tokens]
        found = (
            tuple(token.word for token in tokens),
            tuple(token.stems[0] for token in tokens),
            tuple(stem for each in further for stem in each),
        )
        if len(self) > _KEPT_FORMS:
            self.clear()
        if len(chunk) <= MAX_WORD:
            self[chunk] = found
        return found


_kept = _Kept()


def analyse(text: str) -> Analysed:
    """What the stores keep of a text."""
    text = normalised(text)
    # Only what is written with digits may hold a space.
    chunks = _CHUNK.findall(text) if _DIGITS.search(text) else text.split()
    if not chunks:
        return Analysed((), ())
    words, stems, further = zip(*map(_kept.__getitem__, chunks), strict=True)
    flat = chain.from_iterable
    return Analysed(tuple(flat(words)), tuple(flat((*stems, *further))))
