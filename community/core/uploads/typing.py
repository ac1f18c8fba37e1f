"""Which files may come in: the extension and the first bytes must agree; what the browser claims is not read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .errors import UploadError
from .naming import extension_of

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class FileType:
    """`family` chooses the treatment: image, pdf, office, opendocument or text."""

    extension: str
    content_type: str
    family: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_TYPES = {
    "jpg": FileType("jpg", "image/jpeg", "image"),
    "jpeg": FileType("jpg", "image/jpeg", "image"),
    "png": FileType("png", "image/png", "image"),
    "webp": FileType("webp", "image/webp", "image"),
    "gif": FileType("gif", "image/gif", "image"),
    "pdf": FileType("pdf", "application/pdf", "pdf"),
    "docx": FileType("docx", _OFFICE + "wordprocessingml.document", "office"),
    "xlsx": FileType("xlsx", _OFFICE + "spreadsheetml.sheet", "office"),
    "odt": FileType("odt", _ODF + "text", "opendocument"),
    "ods": FileType("ods", _ODF + "spreadsheet", "opendocument"),
    "csv": FileType("csv", "text/csv", "text"),
    "txt": FileType("txt", "text/plain", "text"),
}
_WITH_MACROS = {"docm", "dotm", "xlsm", "xltm", "xlsb", "pptm"}
_MODERN_FORM = {"doc": ".docx", "xls": ".xlsx", "rtf": ".docx", "heic": ".jpg", "bmp": ".png", "tiff": ".png"}
# What `accept` says in forms: a hint to the browser, never a check.
ACCEPTED_EXTENSIONS = ",".join(f".{extension}" for extension in _TYPES)


def detect(name: str, head: bytes) -> FileType:
    """The type of a file from its name and first bytes, or an `UploadError`."""
    extension = extension_of(name)
    kind = _TYPES.get(extension)
    if not kind:
        raise UploadError(_refused_extension(extension))
    if not _has_magic(kind, head):
        raise UploadError(
            _("Le contenu de ce fichier n’est pas celui d’un .%(extension)s. Ouvrez-le puis enregistrez-le à nouveau.")
            % {"extension": extension}
        )
    return kind


def _refused_extension(extension: str) -> str:
    if extension in _WITH_MACROS:
        return _("Ce fichier contient des macros. Enregistrez-le au format .docx ou .xlsx, puis joignez-le.")
    if extension in _MODERN_FORM:
        return _("Le format .%(extension)s n’est pas accepté. Enregistrez ce fichier en %(form)s, puis joignez-le.") % {
            "extension": extension,
            "form": _MODERN_FORM[extension],
        }
    return _(
        "Ce format n’est pas accepté. Joignez une image ou un fichier PDF, Word, Excel, OpenDocument, CSV ou texte."
    )


def _has_magic(kind: FileType, head: bytes) -> bool:
    if kind.family in ("office", "opendocument"):
        return head.startswith(ZIP_MAGIC)
    if kind.family == "text":
        return b"\x00" not in head
    if kind.extension == "webp":
        return head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    magic = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "gif": b"GIF8", "pdf": b"%PDF-"}
    return head.startswith(magic[kind.extension])
