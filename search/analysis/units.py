"""What is asked as one thing though it is several words: « sous-traitant », « CPV 45 »."""

import re
from collections.abc import Sequence
from typing import TypeAlias

from .tokens import DASH, Token

MAX_WORDS = 12
Unit: TypeAlias = tuple[Token, ...]
# Words that say nothing may stand in it: « mise-en-concurrence », « main-d’œuvre ».
_JOINT = re.compile(rf"{DASH}(?:[^\W\d_]+(?:['’ʼ`´]|{DASH}))*")
# « cpv:45 », « CPV n° 45 ».
_COLON = re.compile(r"\W*(?:n[°º])?\W*", re.IGNORECASE)
_SAID_CPV = re.compile(r"cpv(?!0+$)([0-9]{2,8})")


def units_of(tokens: Sequence[Token], text: str, *, loosely: bool = False) -> list[Unit]:
    """The tokens of a text, those of a compound together unless it is read loosely. Only letters make one: codes and
    figures have hyphens of their own.
    """
    units: list[Unit] = []
    for token in tokens:
        if units and (_is_code(units[-1], token, text) or (not loosely and _is_compound(units[-1], token, text))):
            units[-1] = (*units[-1], token)
        else:
            units.append((token,))
    return units


def is_compound(unit: Unit) -> bool:
    return len(unit) > 1 and not said_cpv(unit)


def said_cpv(unit: Unit) -> str:
    """The digits that are said to be of the CPV, if they are."""
    said = _SAID_CPV.fullmatch("".join(token.word for token in unit))
    return said[1] if said else ""


def _is_code(unit: Unit, token: Token, text: str) -> bool:
    return bool(said_cpv((*unit, token))) and _COLON.fullmatch(text[unit[-1].end : token.start]) is not None


def _is_compound(unit: Unit, token: Token, text: str) -> bool:
    left = unit[-1]
    is_joined = _JOINT.fullmatch(text[left.end : token.start]) is not None
    return is_joined and left.word.isalpha() and token.word.isalpha() and len(unit) < MAX_WORDS
