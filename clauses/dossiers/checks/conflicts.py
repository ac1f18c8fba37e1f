from collections.abc import Iterator

from django.utils.translation import gettext as _

from clauses.library.vocabularies import Relation

from .case import Case, Finding, Tone, finding


def check_incompatible(case: Case) -> Iterator[Finding]:
    """Two clauses that their authors say incompatible, for a lot that both reach."""
    by_clause: dict[int, list] = {}
    for item in case.items:
        if item.item.clause_id:
            by_clause.setdefault(item.item.clause_id, []).append(item)
    told = set()
    for relation, one, other in case.links:
        if relation not in (Relation.INCOMPATIBLE, Relation.REPLACES) or frozenset((one, other)) in told:
            continue
        for left in by_clause.get(one, ()):
            for right in by_clause.get(other, ()):
                if not same_lot(left, right) or frozenset((one, other)) in told:
                    continue
                told.add(frozenset((one, other)))
                yield clash(relation, left, right)


def same_lot(left, right) -> bool:
    return left.lot is None or right.lot is None or left.lot == right.lot


def clash(relation: str, left, right) -> Finding:
    names = {"left": left.title, "right": right.title}
    if relation == Relation.REPLACES:
        title = _("Deux clauses pour la même chose")
        why = _("« %(left)s » remplace « %(right)s » : gardez l’une des deux.")
    else:
        title = _("Deux clauses incompatibles")
        why = _("« %(left)s » et « %(right)s » ne vont pas ensemble dans un même marché : gardez l’une des deux.")
    return finding("incompatible", Tone.WARNING, title, why % names, items=[left, right])
