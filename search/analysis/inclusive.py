"""Inclusive writing brought back to one form that can be found: « acheteur·rices » is found as « acheteurs »."""

import re

_SUFFIX = r"(?:elles?|trices?|rices?|ices?|ères?|euses?|ives?|aux|nes?|les?|tes?|ses?|es?|s)"
# The middle dot and its likenesses, anywhere; a hyphen or parentheses before a few endings only, so that
# « sous-traitant », « co-développement » or « compte-rendu » stay whole.
MIDDLE_DOT = rf"[^\W_]{{2,}}[·•‧⋅∙]{_SUFFIX}(?:[·•‧⋅∙]s)?(?!\w)"
HYPHEN = r"[^\W_]{2,}(?:t|é|i|u|l|r|n)-(?:rices?|trices?|es|e)(?!\w)"
PARENTHESES = r"[^\W_]{3,}\((?:e|s|es|se|ses|rice|rices|trice|trices|ne|nes)\)s?(?!\w)"
# A full stop stands in addresses and names of files, and between sentences: only where the two parts make a pair,
# in the same case, with nothing before nor after that an address would have; « .e.s » is nothing else.
_PAIRS = {
    "eurs?": "t?rices?|ices?|euses?|ses?|es?",
    "eux": "euses?|ses?|elles?",
    "eaux?": "elles?",
    "ers?": "[èe]res?|es?",
    "fs?": "i?ves?",
    "[eo]ns?": "nes?",
    "[aeiu]ls?": "les?",
    "(?:et|ou)s?": "tes?",
    "[éiutdnlr]s?": "es?",
    "": "e(?=\\.s)",
}
_PAIRED = "|".join(rf"{ending}\.(?-i:{suffix}|{suffix.upper()})" for ending, suffix in _PAIRS.items())
FULL_STOP = rf"(?<![\w./@-])(?=[^\W\d_]{{2,}}\.\w)[^\W\d_]*?(?:{_PAIRED})(?:\.s)?(?![\w/@]|[.:]\w)"
PATTERN = rf"{MIDDLE_DOT}|{HYPHEN}|{PARENTHESES}|{FULL_STOP}"

_PARTS = re.compile(rf"([^\W_]+)[·•‧⋅∙.(-]({_SUFFIX}|eres?|i?ves?)\)?[·•‧⋅∙.]?(s)?", re.I)
_SPECIAL = {"tou": "tous", "ceux": "ceux"}
_ANYWHERE = re.compile(PATTERN, re.I)


def base_of(form: str) -> str:
    """The base of one inclusive form, its plural kept."""
    parts = _PARTS.fullmatch(form)
    if parts is None:
        return form
    base, suffix, plural = parts.groups()
    if base.lower() in _SPECIAL:
        return _SPECIAL[base.lower()]
    is_plural = plural or suffix.lower().endswith("s") or suffix.lower() == "aux"
    return base if not is_plural or base.lower().endswith(("s", "x")) else f"{base}s"


def without_inclusive_forms(text: str) -> str:
    return _ANYWHERE.sub(lambda match: base_of(match[0]), text)
