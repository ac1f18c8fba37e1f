import re
import unicodedata

# Letters and figures apart: « L2112-2 » is also written « L. 2112-2 ».
_PART = re.compile(r"[^\W\d_]+|\d+")


def fold(text: str) -> str:
    """Lower case without accents, ligatures opened, spaces and hyphens as one space: what two spellings share."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(bare.replace("-", " ").replace("_", " ").split())


def words_of(folded: str) -> str:
    """Those of a folded text, a space before each: « d'insertion » has two."""
    return "".join(f" {part}" for part in parts_of(folded))


def parts_of(folded: str) -> list[str]:
    return _PART.findall(folded)
