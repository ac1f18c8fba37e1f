from django.db.models import F

from ..models import Basis, Clause, ClauseVersion
from .clause import RELATED, ClausePage, text_of

MAX_COMPARED = 3


def compared(viewer, pks: list[int]) -> list[ClausePage]:
    """The clauses of these keys that the viewer sees, in that order, in three queries."""
    found = {
        clause.pk: clause for clause in Clause.objects.visible_to(viewer).select_related(*RELATED).filter(pk__in=pks)
    }
    if not found:
        return []
    present_ones = ClauseVersion.objects.filter(clause__in=found, number=F("clause__version"))
    versions = {version.clause_id: version for version in present_ones}
    bases: dict[int, list[Basis]] = {}
    rows = Basis.objects.filter(clause__in=found).select_related("text", "provision__text").order_by("sort_order", "pk")
    for basis in rows:
        bases.setdefault(basis.clause_id, []).append(basis)
    pages = []
    for clause in (found[pk] for pk in pks if pk in found):
        present = versions.get(clause.pk)
        if present is not None:
            present.shown_content, present.shown_html = present.content, present.html
        content, html = text_of(clause, [present] if present else [])
        pages.append(ClausePage(clause=clause, content=content, html=html, versions=[], bases=bases.get(clause.pk, [])))
    return pages
