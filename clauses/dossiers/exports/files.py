"""The file that a reader of the dossier leaves with."""

import io
import zipfile
from dataclasses import dataclass

from clauses.library.exports.blocks import Document
from clauses.library.exports.docx import CONTENT_TYPE as DOCX
from clauses.library.exports.docx import to_docx
from clauses.library.exports.odt import CONTENT_TYPE as ODT
from clauses.library.exports.odt import to_odt
from community.core.slugs import slug_of

from ..checks import declared_as
from ..selectors.assembled import Assembled
from ..selectors.export import Versions, read_versions, working_of
from ..selectors.page import case_of
from .annex import Annex
from .choice import Choice, Content
from .contract import contract_documents
from .notes import notes_document

WRITERS = {"docx": (to_docx, DOCX), "odt": (to_odt, ODT)}
MAX_NAME = 60


@dataclass(frozen=True)
class File:
    name: str
    content_type: str
    content: bytes


def write_file(assembled: Assembled, choice: Choice) -> File:
    """One document, or an archive of several."""
    write, content_type = WRITERS[choice.form]
    stem = slug_of(assembled.dossier.title, longest=MAX_NAME) or "dossier"
    if choice.content == Content.NOTES:
        document = notes_document(assembled, working_of(assembled.dossier))
        return File(f"notes-{stem}.{choice.form}", content_type, write(document))
    versions = read_versions(assembled)
    documents = contract_documents(assembled, versions, choice, _annex(assembled, versions, choice))
    if len(documents) == 1:
        part, document = documents[0]
        name = f"{stem}-{part}.{choice.form}" if part else f"{stem}.{choice.form}"
        return File(name, content_type, write(document))
    return File(f"{stem}.zip", "application/zip", _archive(documents, stem, choice))


def _annex(assembled: Assembled, versions: Versions, choice: Choice) -> Annex | None:
    """What the whole contract counts as, whichever documents are taken."""
    if not choice.with_annex:
        return None
    wanted = [each for each in assembled.documents if each.document in choice.documents]
    items = [item for each in wanted for item in each.items if item.is_legible and not item.is_own]
    return Annex(declared=declared_as(case_of(assembled)), items=items, versions=versions)


def _archive(documents: list[tuple[str, Document]], stem: str, choice: Choice) -> bytes:
    write, _content_type = WRITERS[choice.form]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for rank, (part, document) in enumerate(documents, start=1):
            archive.writestr(f"{rank}-{part}-{stem}.{choice.form}", write(document))
    return out.getvalue()
