"""Office and OpenDocument files: zips read with suspicion and written again, without macros, metadata or authors."""

import re
import zipfile
import zlib
from io import BytesIO

from django.utils.translation import gettext as _

from .authors import clean_authors
from .embedded import clean_embedded_picture
from .errors import UploadError
from .typing import OLE_MAGIC, FileType

MAX_ENTRIES = 3_000
MAX_UNPACKED = 120 * 1024 * 1024
MAX_RATIO = 200
# Below this an entry may be as well packed as it likes: a blank sheet is.
RATIO_FLOOR = 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)

_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml", "ods": "content.xml"}
_MACRO_PART = re.compile(
    r"(^|/)(vba[^/]*\.(bin|xml)|activeX/.*|oleObject[^/]*|Basic/.*|Scripts/.*|macrosheets/.*)$", re.IGNORECASE
)
_EXECUTABLE = (OLE_MAGIC, b"MZ", b"\x7fELF")
_TEMPLATE_LINK = re.compile(rb"<Relationship\b[^>]*/attachedTemplate[\"'][^>]*/>")
_TEMPLATE_USE = re.compile(rb"<w:attachedTemplate\b[^>]*/>")
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE_NS = b"http://schemas.openxmlformats.org/officeDocument/2006/"
_BLANK_PARTS = {
    "docProps/core.xml": _XML
    + b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": _XML + b'<Properties xmlns="' + _OFFICE_NS + b'extended-properties"/>',
    "docProps/custom.xml": _XML + b'<Properties xmlns="' + _OFFICE_NS + b'custom-properties"/>',
    "meta.xml": _XML
    + b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    + b' office:version="1.3"><office:meta/></office:document-meta>',
}


def clean_archive(data: bytes, kind: FileType) -> bytes:
    """The same document, emptied of properties and authors; `UploadError` when it may harm or is not what it says."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as source:
            entries = [entry for entry in source.infolist() if not entry.is_dir()]
            _check_directory(entries, kind)
            return _rewrite(source, entries, kind)
    except UploadError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UploadError(_damaged()) from error


def _damaged() -> str:
    return _("Ce document est abîmé ou protégé par un mot de passe. Enregistrez-le à nouveau sans protection.")


def _check_directory(entries: list[zipfile.ZipInfo], kind: FileType) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MAX_ENTRIES or len(set(names)) != len(names):
        raise UploadError(_damaged())
    if any(entry.flag_bits & 0x1 for entry in entries) or "EncryptedPackage" in names:
        raise UploadError(_damaged())
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        raise UploadError(_damaged())
    if _MAIN_PART[kind.extension] not in names:
        raise UploadError(_damaged())
    if any(_MACRO_PART.search(name) for name in names):
        raise UploadError(_with_program())
    unpacked = sum(entry.file_size for entry in entries)
    bomb = any(
        entry.file_size > RATIO_FLOOR and entry.file_size > MAX_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if unpacked > MAX_UNPACKED or bomb:
        raise UploadError(_("Ce document est trop volumineux une fois ouvert. Allégez-le ou convertissez-le en PDF."))


def _with_program() -> str:
    return _(
        "Ce document contient une macro ou un objet incorporé. "
        "Retirez-le, ou convertissez le document en PDF, puis joignez-le à nouveau."
    )


def _rewrite(source: zipfile.ZipFile, entries: list[zipfile.ZipInfo], kind: FileType) -> bytes:
    out = BytesIO()
    # An OpenDocument begins with its type, not packed.
    entries = sorted(entries, key=lambda entry: entry.filename != "mimetype")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in entries:
            content = _clean_part(entry.filename, _read(source, entry), kind)
            stored = zipfile.ZIP_STORED if entry.filename == "mimetype" else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(entry.filename, date_time=_EPOCH)
            info.compress_type = stored
            target.writestr(info, content)
    return out.getvalue()


def _read(source: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    # The directory may lie about sizes: never read more than it announced.
    with source.open(entry) as part:
        content = part.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise UploadError(_damaged())
    return content


def _clean_part(name: str, content: bytes, kind: FileType) -> bytes:
    if content.startswith(_EXECUTABLE):
        raise UploadError(_with_program())
    if name == "[Content_Types].xml" and (b"macroEnabled" in content or b"vbaProject" in content):
        raise UploadError(_with_program())
    if name == "mimetype" and content.strip() != kind.content_type.encode():
        raise UploadError(_damaged())
    if name in _BLANK_PARTS:
        return _BLANK_PARTS[name]
    if name.lower().startswith(("docprops/thumbnail", "thumbnails/")):
        return b""
    # A template elsewhere would be fetched on opening, macros included, and its path often names its author.
    if name == "word/_rels/settings.xml.rels":
        return _TEMPLATE_LINK.sub(b"", content)
    if name == "word/settings.xml":
        content = _TEMPLATE_USE.sub(b"", content)
    return clean_embedded_picture(clean_authors(name, content))
