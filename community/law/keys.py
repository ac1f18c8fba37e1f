"""Articles as they are written and as they are found: « L. 2112-2 », « L2112-2 » and « l 2112‑2 » are one key."""

import re

MAX_KEY = 40
_LETTERED = re.compile(r"([LRD])\.? ?\*?(\d.*)")
_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "‒": "-", "–": "-", "−": "-", "\u00a0": " ", "\u202f": " "})


def article_key(label: str) -> str:
    """« L. 2112-2 » → « L2112-2 », « 35 » → « 35 »; what is no number of article keeps its words, in capitals."""
    return re.sub(r"[\s.*]", "", label.translate(_HYPHENS)).upper()


def article_label(key: str) -> str:
    """« L2112-2 » → « L. 2112-2 »."""
    found = _LETTERED.fullmatch(key)
    return f"{found[1]}.\u00a0{found[2]}" if found else key
