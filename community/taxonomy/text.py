import unicodedata


def fold(text: str) -> str:
    """Lower case without accents, ligatures opened, spaces and hyphens as one space: what two spellings share."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(bare.replace("-", " ").replace("_", " ").split())
