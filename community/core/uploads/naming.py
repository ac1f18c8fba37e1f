"""Names of files: what people see, and what an address carries. Neither ever becomes a path on disk."""

import re
from pathlib import PurePosixPath

from community.core.richtext.text import normalise_text
from community.core.slugs import slug_of

MAX_NAME = 120
# What the address of every attachment begins with.
ATTACHMENTS = "/fichiers/"

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\n\t]+')
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,8})$")


def extension_of(name: str) -> str:
    """The last extension in lower case, without its dot; nothing when there is none."""
    match = _EXTENSION.search(name.strip())
    return match[1].lower() if match else ""


def clean_name(name: str, extension: str) -> str:
    """A displayable name of at most `MAX_NAME` characters that ends with the extension the file really has."""
    name = normalise_text(name[:1000]).replace("\\", "/").rsplit("/", 1)[-1]
    stem = _EXTENSION.sub("", name.strip())
    stem = " ".join(_FORBIDDEN.sub(" ", stem).split()).strip(". ")
    return f"{stem[: MAX_NAME - len(extension) - 1].rstrip() or 'fichier'}.{extension}"


def attachment_url(token: str, name: str) -> str:
    """The address of an attachment. Only the token counts; the name is there for people and for « Enregistrer »."""
    path = PurePosixPath(name)
    return f"{ATTACHMENTS}{token}/{slug_of(path.stem, longest=60) or 'fichier'}{path.suffix}"
