"""What is asked as one thing though it is several words: « sous-traitant »."""

import re
from collections.abc import Sequence
from typing import TypeAlias

from .tokens import DASH, Token

MAX_WORDS = 12
Unit: TypeAlias = tuple[Token, ...]
# Words that say nothing may stand in it: « mise-en-concurrence », « main-d’œuvre ».
_JOINT = re.compile(rf"{DASH}(?:[^\W\d_]+(?:['’ʼ`´]|{DASH}))*")


def units_of(tokens: Sequence[Token], text: str, *, loosely: bool = False) -> list[Unit]:
    """The tokens of a text, those of a compound together unless it is read loosely. Only letters make one: codes and
    figures have hyphens of their own.
    """
    units: list[Unit] = []
    for token in tokens:
        if units and not loosely and len(units[-1]) < MAX_WORDS and _are_joined(units[-1][-1], token, text):
            units[-1] = (*units[-1], token)
        else:
            units.append((token,))
    return units


def _are_joined(left: Token, right: Token, text: str) -> bool:
    joint = text[left.end : right.start]
    return left.word.isalpha() and right.word.isalpha() and _JOINT.fullmatch(joint) is not None
