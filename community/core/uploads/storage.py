"""Where files lie: under `UPLOADS_ROOT`, random names in fan-out folders, never a name somebody chose."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def root() -> Path:
    return Path(settings.UPLOADS_ROOT)


def save(data: bytes) -> str:
    """Write the bytes and return their path relative to the root."""
    name = secrets.token_hex(20)
    relative = f"{name[:2]}/{name[2:4]}/{name}"
    path = root() / relative
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    # Group-readable for the web server that serves it; exclusive, so a file is never replaced.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return relative


def delete(relative: str) -> None:
    (root() / relative).unlink(missing_ok=True)


def exists(relative: str) -> bool:
    return (root() / relative).is_file()


def read(relative: str, start: int, length: int) -> bytes:
    """A part of a file. Sizes are capped on entry, and no server here streams a file better than it sends bytes."""
    with (root() / relative).open("rb") as file:
        file.seek(start)
        return file.read(length)


def stored_before(moment: float) -> Iterator[str]:
    """Relative paths of the files written before a moment (seconds since the epoch)."""
    for path in root().glob("??/??/*"):
        if path.stat().st_mtime < moment:
            yield str(path.relative_to(root()))
