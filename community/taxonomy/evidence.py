"""What words say of a purchase family: a table of words, written by hand or read in official labels, no training.

Three sources, from the strongest: words of the trade (`data/mots_familles.csv`), the families' own labels, the labels
of the CPV codes under each family. A word counts for a family by how much less it is said of the others; top families
are weighed first, then the families inside each.
"""

import csv
import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from .text import fold

DATA = Path(__file__).parent / "data"
# Words without evidence: articles, and what any contract is called.
_STOP_WORDS = frozenset((DATA / "mots_vides.txt").read_text(encoding="utf-8").split())
# What a word weighs when the trade says it of a family, when the family's label holds it, and for each doubling of the
# official labels that hold it.
TRADE, LABEL, OFFICIAL = 3.0, 1.5, 0.4
# What a family is credited with for a word never said of it: small enough to separate, large enough to forgive.
SMOOTHING = 0.1
# The gain, in natural logarithms, from which a word is worth telling as a reason.
TELLING = 0.5
MAX_TEXT = 2_000

_WORD = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")


@dataclass(frozen=True)
class Evidence:
    """`weights`: how likely each family code is, from 0 to 1. The top families make 1 together, and those inside a
    top family make its weight together. `reasons`: the telling words of each.
    """

    weights: dict[str, float]
    reasons: dict[str, list[str]]


NO_EVIDENCE = Evidence({}, {})


def words_of(text: str) -> list[str]:
    """Telling words without accents and plural marks; a lost character inside a word stands most often for « é »."""
    repaired = re.sub(r"(?<=\w)\ufffd|\ufffd(?=\w)", "e", text[:MAX_TEXT])
    return [_singular(word) for word in _WORD.findall(fold(repaired)) if word not in _STOP_WORDS]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-2] + "l"
    if len(word) > 3 and word[-1] in "sx":
        return word[:-1]
    return word


def terms_of(text: str) -> list[str]:
    """Its words, and its pairs of words that follow each other."""
    words = words_of(text)
    return words + [f"{one} {two}" for one, two in pairwise(words)]


def evidence_of(text: str) -> Evidence:
    """What a text says of the families; no weights at all when no word of it is known."""
    terms = list(dict.fromkeys(terms_of(text)))
    weights, reasons = _weigh(terms, tuple(_children()))
    if not weights:
        return NO_EVIDENCE
    for top, children in _children().items():
        inside, words = _weigh(terms, children)
        weights.update({code: share * weights[top] for code, share in inside.items()})
        reasons.update(words)
    return Evidence(weights, reasons)


def _weigh(terms: list[str], codes: tuple[str, ...]) -> tuple[dict[str, float], dict[str, list[str]]]:
    """The share of each of these codes, and its telling words; nothing when no term is said of any."""
    scores = dict.fromkeys(codes, 0.0)
    words: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for term in terms:
        row = {code: weight for code, weight in _table().get(term, {}).items() if code in scores}
        # The gain of a family of which the word is never said, the same for all of those.
        floor = -math.log1p(sum(row.values()) / (SMOOTHING * len(codes))) if row else 0.0
        for code, weight in row.items():
            above = math.log1p(weight / SMOOTHING)
            scores[code] += above
            if floor + above > TELLING:
                words[code].append((-floor - above, term))
    top = max(scores.values(), default=0.0)
    if not top:
        return {}, {}
    odds = {code: math.exp(score - top) for code, score in scores.items()}
    total = sum(odds.values())
    reasons = {code: [term for _gain, term in sorted(found)[:3]] for code, found in words.items()}
    return {code: value / total for code, value in odds.items()}, reasons


@lru_cache(maxsize=1)
def _children() -> dict[str, tuple[str, ...]]:
    """The families inside each top family."""
    inside: dict[str, list[str]] = {}
    for row in read_rows("familles_achat.csv"):
        if row["parent"]:
            inside[row["parent"]].append(row["code"])
        else:
            inside[row["code"]] = []
    return {top: tuple(codes) for top, codes in inside.items()}


def significant_digits(cpv: str) -> str:
    """« 45210000-2 » gives « 4521 »: without check digit and trailing zeros, two digits at least; « » if no code."""
    digits = cpv.strip().split("-")[0].replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 8):
        return ""
    return digits.rstrip("0").ljust(2, "0")


def longest_prefix(digits: str, families: dict[str, list[str]]) -> tuple[str, list[str]]:
    """The longest prefix that starts these digits, and the codes of the families that hold it."""
    best, codes = "", []
    for code, prefixes in families.items():
        for prefix in prefixes:
            if not digits.startswith(prefix):
                continue
            if len(prefix) > len(best):
                best, codes = prefix, [code]
            elif prefix == best:
                codes.append(code)
    return best, codes


def read_rows(name: str):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, float]]:
    """For each term, the weight of each family it is said of; what is said of a family is said of its top family."""
    said: dict[str, dict[str, float]] = defaultdict(dict)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    families = list(read_rows("familles_achat.csv"))
    tops = {row["code"]: row["parent"] or row["code"] for row in families}
    for row in families:
        _say(said, words_of(row["libelle"]), row["code"], tops, LABEL)
    for row in read_rows("mots_familles.csv"):
        phrases = (" ".join(words_of(phrase)) for phrase in row["mots"].split(";"))
        _say(said, phrases, row["code"], tops, TRADE)
    prefixes = {row["code"]: [significant_digits(cpv) for cpv in row["cpv"].split()] for row in families}
    for row in read_rows("cpv_fr.csv"):
        _prefix, codes = longest_prefix(significant_digits(row["code"]), prefixes)
        for code in {*codes, *(tops[code] for code in codes)}:
            for term in words_of(row["libelle_fr"]):
                counts[term][code] += 1
    for term, row in counts.items():
        for code, count in row.items():
            said[term][code] = said[term].get(code, 0.0) + OFFICIAL * math.log2(1 + count)
    said.pop("", None)
    return dict(said)


def _say(said: dict[str, dict[str, float]], terms, code: str, tops: dict[str, str], weight: float) -> None:
    for term in terms:
        for told in {code, tops[code]}:
            said[term][told] = max(said[term].get(told, 0.0), weight)
