import io
import zipfile
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from ..blocks import Document, clean
from .body import body
from .styles import styles
from .xml import HEAD, NAMESPACES

CONTENT_TYPE = "application/vnd.oasis.opendocument.text"
_MANIFEST = (
    f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    ' manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{CONTENT_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    + "</manifest:manifest>"
)


def to_odt(document: Document) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and not compressed: this is how a file tells what it is.
        archive.writestr("mimetype", CONTENT_TYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", body(document))
        archive.writestr("styles.xml", styles(document))
        archive.writestr("meta.xml", _meta(document))
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return out.getvalue()


def _meta(document: Document) -> str:
    return (
        f'{HEAD}<office:document-meta {NAMESPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(clean(document.title))}</dc:title><dc:subject>{escape(clean(document.subject))}</dc:subject>"
        f"<dc:description>{escape(clean(document.source))}</dc:description><dc:language>fr-FR</dc:language>"
        f"<dc:creator>Entraide</dc:creator><dc:date>{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}</dc:date>"
        "<meta:generator>Entraide</meta:generator></office:meta></office:document-meta>"
    )
