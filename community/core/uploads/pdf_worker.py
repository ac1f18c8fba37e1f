"""Cleans one PDF in a process of its own: `python -m community.core.uploads.pdf_worker < received > clean`.

A PDF can make any reader loop or swell, so the work is bounded by the system: processor time, memory, size.
Exit codes: 0 clean, 3 protected, 4 active (scripts, launches, embedded files), 5 damaged.
"""

import logging
import resource
import sys
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

PROTECTED, ACTIVE, DAMAGED = 3, 4, 5
CPU_SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024
MAX_OBJECTS = 2_000_000

ACTIVE_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE"}
_CONTAINERS = (ArrayObject, DictionaryObject, IndirectObject)
PERSONAL_KEYS = ("/Metadata", "/PieceInfo", "/LastModified")


class ActiveContent(Exception):
    pass


def clean(data: bytes) -> bytes:
    """The document reachable from its catalogue, cleaned on the way; earlier states and loose objects are dropped."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data), strict=False))
    writer.metadata = None
    reached = _clean_reachable(writer)
    for number in range(len(writer._objects)):
        if number + 1 not in reached:
            writer._objects[number] = None
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _clean_reachable(writer: PdfWriter) -> set[int]:
    """Clean every object the catalogue leads to; returns their numbers."""
    catalogue = writer.root_object
    reached = {catalogue.indirect_reference.idnum}
    waiting: list[PdfObject | None] = [catalogue]
    for _ in range(MAX_OBJECTS):
        if not waiting:
            return reached
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if item.idnum in reached:
                continue
            reached.add(item.idnum)
            item = writer._objects[item.idnum - 1]
        if isinstance(item, DictionaryObject):
            _clean_dictionary(item)
            waiting.extend(value for value in item.values() if isinstance(value, _CONTAINERS))
        elif isinstance(item, ArrayObject):
            waiting.extend(value for value in item if isinstance(value, _CONTAINERS))
    raise ValueError("too many objects")


def _clean_dictionary(item: DictionaryObject) -> None:
    if ACTIVE_KEYS & item.keys() or item.get("/S") in ACTIVE_ACTIONS:
        raise ActiveContent
    for key in PERSONAL_KEYS:
        item.pop(key, None)
    if _is_remark(item):
        item.pop("/T", None)


def _is_remark(item: DictionaryObject) -> bool:
    """An annotation whose /T is its author: on a form's widget it is the field's name, elsewhere a title."""
    if "/Subtype" not in item or not {"/Rect", "/Contents"} & item.keys():
        return False
    return item["/Subtype"] != "/Widget"


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
    except Exception:  # noqa: BLE001  a hostile file may break the library anywhere
        return DAMAGED
    return 0


if __name__ == "__main__":
    sys.exit(main())
