from django.db.models import F

from community.core.prepared import Prepared
from community.core.sight import PreparedSight

from ..models import Basis, Clause, ClauseVersion
from .clause import RELATED, ClausePage, text_of

MAX_COMPARED = 3

_clauses = PreparedSight(
    lambda viewer, ids: Clause.objects.visible_to(viewer).select_related(*RELATED).filter(pk__in=ids)
)
_present_versions = Prepared(lambda ids: ClauseVersion.objects.filter(clause__in=ids, number=F("clause__version")))
_bases = Prepared(
    lambda ids: (
        Basis.objects.filter(clause__in=ids).select_related("text", "provision__text").order_by("sort_order", "pk")
    )
)


def compared(viewer, pks: list[int]) -> list[ClausePage]:
    """The clauses of these keys that the viewer sees, in that order, in three queries."""
    found = {clause.pk: clause for clause in _clauses.rows(viewer, ids=pks)}
    versions = {version.clause_id: version for version in _present_versions.rows(ids=list(found))}
    bases: dict[int, list[Basis]] = {}
    for basis in _bases.rows(ids=list(found)):
        bases.setdefault(basis.clause_id, []).append(basis)
    pages = []
    for clause in (found[pk] for pk in pks if pk in found):
        present = versions.get(clause.pk)
        if present is not None:
            present.shown_content, present.shown_html = present.content, present.html
        content, html = text_of(clause, [present] if present else [])
        pages.append(ClausePage(clause=clause, content=content, html=html, versions=[], bases=bases.get(clause.pk, [])))
    return pages
