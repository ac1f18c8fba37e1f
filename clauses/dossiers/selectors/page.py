"""All that the page of a dossier says, in a number of queries that does not depend on what it holds."""

from dataclasses import dataclass

from django.db.models import QuerySet

from clauses.library.models import ClauseLink
from clauses.library.vocabularies import Relation
from community.core.prepared import Prepared

from ..checks import Case, Declared, Finding, declared_as, run_checks
from ..models import Dossier, DossierNote
from .assembled import Assembled, assemble
from .dossier import Person, notes_of, people_of
from .law_facts import read_facts
from .review import Review, reviews_of

TELLING = (Relation.PAIR, Relation.REQUIREMENT, Relation.INCOMPATIBLE, Relation.REPLACES)


@dataclass
class DossierPage:
    assembled: Assembled
    people: list[Person]
    reviews: list[Review]
    notes: list[DossierNote]
    findings: list[Finding]
    declared: Declared


def read_dossier(viewer, dossier: Dossier) -> DossierPage:
    assembled = assemble(viewer, dossier)
    case = case_of(assembled)
    return DossierPage(
        assembled=assembled,
        people=people_of(dossier),
        reviews=reviews_of(dossier),
        notes=notes_of(dossier),
        findings=run_checks(case),
        declared=declared_as(case),
    )


def case_of(assembled: Assembled) -> Case:
    items = [item.item for item in assembled.items if item.is_legible]
    cited = {(kind, pk) for item in items for kind, pk, *_how in item.cited}
    return Case(
        assembled=assembled,
        facts=read_facts(assembled.dossier, cited),
        links=links_among({item.clause_id for item in items if item.clause_id}),
    )


def _links_among(*, ids: list[int]) -> QuerySet:
    found = ClauseLink.objects.filter(clause__in=ids, target__in=ids, relation__in=TELLING)
    return found.order_by("pk").values_list("relation", "clause_id", "target_id")


_links = Prepared(_links_among)


def links_among(clauses: set[int]) -> list[tuple[str, int, int]]:
    if len(clauses) < 2:
        return []
    return _links.rows(ids=sorted(clauses))
