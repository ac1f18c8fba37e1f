"""The words of an address, from words that people wrote."""

from django.utils.text import slugify

# What Django's drops: « main d’œuvre » would read « main-duvre ».
_OPENED = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": " ", "'": " ", "_": " "})


def slug_of(words, *, longest: int = 80) -> str:
    """Lower case without accents, ligatures opened, elisions parted, words joined by hyphens; may be empty."""
    return slugify(str(words).translate(_OPENED))[:longest].strip("-")
