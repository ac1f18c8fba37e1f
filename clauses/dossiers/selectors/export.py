"""What a file of the dossier says beside its texts."""

from dataclasses import dataclass, field

from clauses.library.models import ClauseVersion

from ..models import CompanyMet, Dossier, DossierNote, SourcingSheet
from .assembled import Assembled, AssembledItem
from .dossier import notes_of


@dataclass
class Versions:
    """The versions that were taken, by clause and number; a clause that was deleted has none left."""

    found: dict[tuple[int, int], ClauseVersion] = field(default_factory=dict)

    def of(self, item: AssembledItem) -> ClauseVersion | None:
        clause, number = item.item.clause_id, item.taken_version
        return self.found.get((clause, number)) if clause and number else None


def read_versions(assembled: Assembled) -> Versions:
    """Of the items that the viewer may read, in one query."""
    taken = {(item.item.clause_id, item.taken_version) for item in assembled.items if item.is_legible}
    clauses = {clause for clause, number in taken if clause and number}
    if not clauses:
        return Versions()
    rows = ClauseVersion.objects.filter(
        clause__in=clauses, number__in={number for _clause, number in taken if number}
    ).select_related("clause")
    fields = ("number", "content", "html", "created_at", "clause__title", "clause__slug", "clause__licence")
    return Versions({(row.clause_id, row.number): row for row in rows.only(*fields)})


@dataclass(frozen=True)
class Working:
    """What is never published."""

    notes: list[DossierNote]
    sheet: SourcingSheet | None
    companies: list[CompanyMet]


def working_of(dossier: Dossier) -> Working:
    sheet = SourcingSheet.objects.filter(dossier=dossier).first()
    return Working(notes=notes_of(dossier), sheet=sheet, companies=list(dossier.companies.all()))
