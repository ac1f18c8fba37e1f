"""Cleans one PDF in a process of its own: `python -m community.core.uploads.pdf_worker < received > clean`.

A PDF can make any reader loop or swell, so the work is bounded by the system: processor time, memory, size.
Exit codes: 0 clean, 3 protected, 4 active (scripts, launches, embedded files), 5 damaged.
"""

import logging
import resource
import sys
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

PROTECTED, ACTIVE, DAMAGED = 3, 4, 5
CPU_SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024
MAX_OBJECTS = 200_000

ACTIVE_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE"}
PERSONAL_KEYS = ("/Metadata", "/PieceInfo", "/LastModified")


class ActiveContent(Exception):
    pass


def clean(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data), strict=False))
    budget = MAX_OBJECTS
    for number in range(1, len(writer._objects) + 1):
        budget = _clean_object(writer._objects[number - 1], budget)
    writer.metadata = None
    writer.root_object.pop("/Metadata", None)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _clean_object(start: PdfObject | None, budget: int) -> int:
    """Walk one object without following references (each is walked in its turn); returns what budget is left."""
    waiting: list[PdfObject | None] = [start]
    while waiting:
        item = waiting.pop()
        budget -= 1
        if budget < 0:
            raise ValueError("too many objects")
        if isinstance(item, DictionaryObject):
            _clean_dictionary(item)
            waiting.extend(value for value in item.values() if not isinstance(value, IndirectObject))
        elif isinstance(item, ArrayObject):
            waiting.extend(value for value in item if isinstance(value, ArrayObject | DictionaryObject))
    return budget


def _clean_dictionary(item: DictionaryObject) -> None:
    if ACTIVE_KEYS & item.keys() or item.get("/S") in ACTIVE_ACTIONS:
        raise ActiveContent
    for key in PERSONAL_KEYS:
        item.pop(key, None)
    if item.get("/Type") == "/Metadata" and isinstance(item, StreamObject):
        item.clear()
        item._data = b""


def main() -> int:
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    data = sys.stdin.buffer.read()
    try:
        if PdfReader(BytesIO(data), strict=False).is_encrypted:
            return PROTECTED
        sys.stdout.buffer.write(clean(data))
    except ActiveContent:
        return ACTIVE
    # A hostile file may break the library anywhere; the caller only needs to know that it did.
    except Exception:
        return DAMAGED
    return 0


if __name__ == "__main__":
    sys.exit(main())
