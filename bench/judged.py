"""The judged file: what a buyer types, and what must be among the first five; used by the tests and by the bench."""

import random
import tomllib
from pathlib import Path

from search import service
from search.analysis import fold

PATH = Path(__file__).resolve().parent.parent / "tests" / "search" / "judged.toml"
JUDGED: list[dict] = tomllib.loads(PATH.read_text(encoding="utf-8"))["query"]
FIRST = 5
LEAST_RECALL = 0.95


def rank_of(reader, text: str, right: list[str]) -> int:
    """The place of the first right answer on the page, from 1; 0 when it is not among the first ones."""
    results = service.search(reader, text)
    for place, row in enumerate([*results.rows, *results.others][:FIRST], start=1):
        title = _plain(str(row.title).replace("<mark>", "").replace("</mark>", "").replace("&#x27;", "'"))
        if any(_plain(each) in title for each in right):
            return place
    return 0


def ranks(reader, writing: str) -> dict[str, int]:
    """By query, written that way."""
    return {each["text"]: rank_of(reader, WRITINGS[writing](each["text"]), each["right"]) for each in JUDGED}


def recall(found: dict[str, int]) -> float:
    """The share of queries answered among the first five."""
    return sum(1 for rank in found.values() if rank) / len(found)


def mean_reciprocal_rank(found: dict[str, int]) -> float:
    """1 when each right answer comes first, 0.5 when each comes second."""
    return sum(1 / rank for rank in found.values() if rank) / len(found)


def _plain(text: str) -> str:
    return " ".join(fold(text.replace("\xa0", " ").replace("\u202f", " ")).split())


def without_accents(text: str) -> str:
    return fold(text)


def with_a_slip(text: str) -> str:
    """One letter less in the longest word, never the first nor the last; codes and acronyms stay as they are."""
    if text == "appel d'offre restaurtion":
        return text  # it has its slip
    words = text.split()
    longest = max((word for word in words if word.isalpha() and len(word) > 6), key=len, default="")
    if not longest:
        return text
    at = random.Random(longest).randrange(2, len(longest) - 2)
    return text.replace(longest, longest[:at] + longest[at + 1 :], 1)


def in_inclusive_writing(text: str) -> str:
    forms = {"facilitateur": "facilitateur·rice", "élu": "élu·e", "acheteur·rices": "acheteur(rice)s"}
    return " ".join(forms.get(word, word) for word in text.split())


WRITINGS = {"typed": str, "accents": without_accents, "slip": with_a_slip, "inclusive": in_inclusive_writing}
