"""A CSV or JSON file in the published schema: drafts, or a library put back as it was exported.

Every row is read and checked before the first is written, in one transaction: a row is taken whole or not at all.
"""

import hashlib
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clauses.library.actions.bulk import ImportedClause, ImportedVersion, already_imported, import_clauses_unguarded
from clauses.library.checks.law import check_law
from clauses.library.models import Clause
from clauses.library.vocabularies import ClauseState
from community.core.progress import bar

from .author import find_or_create_importer_unguarded
from .known import Known
from .outcome import Outcome
from .record import BadRecord, Read, read_record
from .rows import MAX_ROWS, NotATable, Row, read_rows

__all__ = ["NotATable", "import_table"]

SOURCE = "entraide"
NOTE = "Reprise d’un export"


def import_table(path: Path, *, author=None, restore: bool = False, stream: TextIO) -> Outcome:
    """Raises NotATable when the file is not read at all."""
    return _Table(path, restore=restore, stream=stream).run(author)


class _Table:
    def __init__(self, path: Path, *, restore: bool, stream: TextIO):
        self.path, self.restore, self.stream = path, restore, stream
        self.outcome, self.known = Outcome(), Known()
        self.lines: dict[str, int] = {}
        # Into a library that holds nothing, references are kept: those who cited them still find them.
        self.keeps_references = restore and not Clause.objects.exists()

    def run(self, author) -> Outcome:
        reads = self.read()
        known = already_imported(reads)
        for key in known:
            self.skip(self.lines[key], "déjà repris")
        new = {key: read for key, read in reads.items() if key not in known}
        if new:
            with transaction.atomic():
                author = author or find_or_create_importer_unguarded()
                self.write(new, author)
        return self.outcome

    def read(self) -> dict[str, Read]:
        reads: dict[str, Read] = {}
        with bar("Lecture", total=None, stream=self.stream) as shown:
            for row in read_rows(self.path):
                shown.advance()
                if len(reads) >= MAX_ROWS:
                    self.skip(row.line, f"au-delà de {MAX_ROWS} clauses : coupez le fichier")
                    break
                self.read_row(row, reads)
        return reads

    def read_row(self, row: Row, reads: dict[str, Read]) -> None:
        if row.record is None:
            self.skip(row.line, row.problem)
            return
        try:
            read = read_record(row.record, self.known)
        except BadRecord as error:
            self.skip(row.line, " ; ".join(error.problems))
            return
        key = self.key_of(read)
        if key in reads:
            self.skip(row.line, f"doublon de la ligne {self.lines[key]}")
        elif self.is_here(read, row.record):
            self.skip(row.line, "déjà dans la bibliothèque")
        else:
            reads[key], self.lines[key] = read, row.line

    def key_of(self, read: Read) -> str:
        if read.reference:
            return f"{SOURCE}:{read.reference}"
        said = "\n".join([read.content["title"], *(wording["text"] for wording in read.content["wordings"])])
        return f"{self.path.stem[:60]}:{hashlib.sha256(said.encode()).hexdigest()[:24]}"

    def is_here(self, read: Read, record: dict) -> bool:
        """Our own export, read again where it comes from."""
        if not read.reference or not (record["adresse"] or "").startswith(f"{settings.BASE_URL}/"):
            return False
        return Clause.objects.filter(pk=int(read.reference[3:]), title=read.content["title"]).exists()

    def write(self, reads: dict[str, Read], author) -> None:
        rows = [self.row_of(key, read, author) for key, read in reads.items()]
        batch = import_clauses_unguarded(rows)
        for key, clause in batch.clauses.items():
            self.outcome.take(self.path.name, f"ligne {self.lines[key]}", f"{clause.reference}, {self.said(clause)}")
        for key, name, word in batch.missing:
            self.note(self.lines[key], f"« {word} » n’est pas connu ({name}) : laissé de côté")
        for key, read in reads.items():
            for finding in check_law(read.content):
                self.note(self.lines[key], str(finding.message))

    def row_of(self, key: str, read: Read, author) -> ImportedClause:
        links = tuple((relation, f"{SOURCE}:{reference}") for relation, reference in read.links)
        plain = {"source_key": key, "author_id": author.pk, "content": read.content, "links": links}
        life = read.life
        if not (self.restore and life.state and life.version and life.published_at):
            return ImportedClause(**plain, created_at=timezone.now())
        version = ImportedVersion(number=life.version, created_at=life.published_at, author_id=author.pk, note=NOTE)
        return ImportedClause(
            **plain,
            created_at=life.published_at,
            pk=int(read.reference[3:]) if self.keeps_references and read.reference else None,
            state=life.state,
            versions=(version,),
            replaced_by=f"{SOURCE}:{life.replaced_by}" if life.replaced_by else "",
            consolidation=life.consolidation,
            reviewed_on=life.reviewed_on,
            legal_state=life.legal_state,
        )

    @staticmethod
    def said(clause: Clause) -> str:
        return "brouillon" if clause.state == ClauseState.DRAFT else str(clause.get_state_display()).lower()

    def skip(self, line: int, why: str) -> None:
        self.outcome.skip(self.path.name, f"ligne {line}", why)

    def note(self, line: int, said: str) -> None:
        self.outcome.note(self.path.name, f"ligne {line}", said)
