"""Pictures inside documents: what they say beside their pixels (EXIF, GPS, XMP, comments, colour profile) is cut out.

Unlike a picture sent alone they are not encoded again. The document gives their size, their crop and often their
rotation: a photo put upright or reduced here would be shown sideways or stretched; and there may be hundreds.
"""

import re

_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_JPEG_MAGIC = b"\xff\xd8\xff"
# Pixels, transparency, colour numbers, resolution and animation: the rest is words.
_PNG_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"bKGD"}
_PNG_CHUNKS |= {b"pHYs", b"acTL", b"fcTL", b"fdAT"}
# Between the pixels of a scan, FF is followed by 00 or by a restart.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
# A photo has some tens, a few hundred with its profile and its copies: beyond, it is made to keep us busy.
MAX_SEGMENTS = 2_000
_START_OF_SCAN, _END_OF_IMAGE, _COMMENT = 0xDA, 0xD9, 0xFE


def clean_embedded_picture(content: bytes) -> bytes:
    """A JPEG or PNG without its words, any other content as it is; `ValueError` when damaged.

    Nothing after the end of the picture is kept: phones put a second one there, with its own EXIF.
    """
    if content.startswith(_PNG_MAGIC):
        return _clean_png(content)
    if content.startswith(_JPEG_MAGIC):
        return _clean_jpeg(content)
    return content


def _clean_png(content: bytes) -> bytes:
    kept = [_PNG_MAGIC]
    at = len(_PNG_MAGIC)
    while at < len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4])
        chunk = content[at + 4 : at + 8]
        if end > len(content):
            raise ValueError("a chunk is cut")
        if chunk in _PNG_CHUNKS:
            kept.append(content[at:end])
        if chunk == b"IEND":
            break
        at = end
    return b"".join(kept)


def _clean_jpeg(content: bytes) -> bytes:
    kept = [content[:2]]
    at = 2
    # Without its end a picture is still shown; what fills the place between two segments is dropped.
    for _ in range(MAX_SEGMENTS):
        found = _MARKER.search(content, at)
        if not found:
            return b"".join(kept)
        start = found.start()
        marker = content[start + 1]
        if marker == _END_OF_IMAGE:
            kept.append(content[start : start + 2])
            return b"".join(kept)
        end = start + 2 + int.from_bytes(content[start + 2 : start + 4])
        if end < start + 4 or end > len(content):
            raise ValueError("a segment is cut")
        if not _is_personal(marker, content[start + 4 : start + 10]):
            kept.append(content[start:end])
        at = end
        if marker == _START_OF_SCAN:
            following = _MARKER.search(content, at)
            at = following.start() if following else len(content)
            kept.append(content[end:at])
    raise ValueError("too many segments")


def _is_personal(marker: int, head: bytes) -> bool:
    # JFIF gives the resolution, Adobe's segment how colours are coded: without them the picture changes.
    if head.startswith((b"JFIF\x00", b"Adobe")) and marker in (0xE0, 0xEE):
        return False
    return 0xE0 <= marker <= 0xEF or marker == _COMMENT
