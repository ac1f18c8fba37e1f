import re
import unicodedata

# Letters of a word that its beginning is kept as: a few words share three, hardly any four.
BEGINNINGS = (3, 4)
# Letters and figures apart: « L2112-2 » is also written « L. 2112-2 ».
_PART = re.compile(r"[^\W\d_]+|\d+")


def fold(text: str) -> str:
    """Lower case without accents, ligatures opened, spaces and hyphens as one space: what two spellings share."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(bare.replace("-", " ").replace("_", " ").split())


def beginnings(folded: str) -> set[str]:
    """How each word of a folded text begins; a shorter word is its own beginning."""
    return {part[:letters] for part in parts_of(folded) for letters in BEGINNINGS}


def parts_of(folded: str) -> list[str]:
    return _PART.findall(folded)
