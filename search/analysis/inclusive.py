"""Inclusive writing brought back to one form that can be found: « acheteur·rices » is found as « acheteurs »."""

import re

_SUFFIX = r"(?:elles?|trices?|rices?|ices?|ères?|euses?|ives?|aux|nes?|les?|tes?|ses?|es?|s)"
# The middle dot and its likenesses, anywhere; a hyphen or parentheses before a few endings only, so that
# « sous-traitant », « co-développement » or « compte-rendu » stay whole.
MIDDLE_DOT = rf"[^\W_]{{2,}}[·•‧⋅∙]{_SUFFIX}(?:[·•‧⋅∙]s)?(?!\w)"
HYPHEN = r"[^\W_]{2,}(?:t|é|i|u|l|r|n)-(?:rices?|trices?|es|e)(?!\w)"
PARENTHESES = r"[^\W_]{3,}\((?:e|s|es|se|ses|rice|rices|trice|trices|ne|nes)\)s?(?!\w)"
PATTERN = rf"{MIDDLE_DOT}|{HYPHEN}|{PARENTHESES}"

_PARTS = re.compile(rf"([^\W_]+)[·•‧⋅∙(-]({_SUFFIX}|se|ses|rices?|trices?|nes?|es?|s)\)?[·•‧⋅∙]?(s)?", re.I)
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
