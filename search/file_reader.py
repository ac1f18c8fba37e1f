"""Reads the text of one file in a process of its own: `python -m search.file_reader pdf|docx|odt < file > text`.

A hostile file can make any reader loop or swell, so the work is bounded by the system (processor time, memory) and by
counts of bytes, pages and characters. Exit code 0: what could be read is on the output; otherwise, nothing is.
"""

import logging
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice

CPU_SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024
MAX_BYTES = 25 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PAGES = 200
MAX_CHARACTERS = 60_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# What stands between two words without being text: the last of a line and the first of the next are not one.
WORD_GAPS = {f"{WORD}{name}" for name in ("tab", "br", "cr", "ptab")}
ODF_GAPS = {f"{ODF_TEXT}{name}" for name in ("tab", "line-break", "s")}


class Unreadable(Exception):
    pass


def pdf(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Unreadable
    for page in islice(reader.pages, MAX_PAGES):
        yield page.extract_text()


def docx(data: bytes) -> Iterator[str]:
    from docx import Document

    check_archive(data)
    for paragraph in Document(BytesIO(data)).element.body.iter(f"{WORD}p"):
        yield "".join(
            " " if piece.tag in WORD_GAPS else piece.text or "" for piece in paragraph.iter(f"{WORD}t", *WORD_GAPS)
        )


def odt(data: bytes) -> Iterator[str]:
    from defusedxml.ElementTree import fromstring

    check_archive(data)
    with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("content.xml") as part:
        content = part.read(MAX_UNPACKED + 1)
    if len(content) > MAX_UNPACKED:
        raise Unreadable
    root = fromstring(content)
    for gap in root.iter():
        if gap.tag in ODF_GAPS:
            gap.text = " "
    for block in root.iter():
        if block.tag in (f"{ODF_TEXT}p", f"{ODF_TEXT}h"):
            yield "".join(block.itertext())


def check_archive(data: bytes) -> None:
    """What it announces; one that lies meets the bound of memory."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise Unreadable


READERS = {"pdf": pdf, "docx": docx, "odt": odt}


def beginning(pieces: Iterable[str]) -> str:
    kept, length = [], 0
    for piece in pieces:
        words = " ".join(piece.split())
        if words:
            kept.append(words)
            length += len(words) + 1
        if length >= MAX_CHARACTERS:
            break
    return "\n".join(kept)[:MAX_CHARACTERS]


def main() -> int:
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    try:
        text = beginning(READERS[sys.argv[1]](sys.stdin.buffer.read(MAX_BYTES)))
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    except Exception:  # noqa: BLE001  a hostile file may break the library anywhere
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
