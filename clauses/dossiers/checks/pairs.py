"""Since August 2026, every contract takes account of the environment twice: in its performance, in its award."""

from collections.abc import Iterator
from itertools import product

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clauses.dossiers.models import Lot
from clauses.dossiers.selectors.law_facts import CONDITION, CRITERION
from clauses.library.vocabularies import Relation
from community.taxonomy.models import Pillar

from .case import Case, Finding, Tone, finding

# One per lot, as each lot is a contract of its own; None stands for a dossier without lots.
Halves = dict[Lot | None, list]


def check_pair(case: Case) -> Iterator[Finding]:
    conditions = by_lot(case, case.conditions(Pillar.ENVIRONMENT))
    criteria = by_lot(case, case.criteria(Pillar.ENVIRONMENT))
    if all(conditions.values()) and all(criteria.values()):
        yield met(case, conditions, criteria)
        return
    if bare := [lot for lot, found in conditions.items() if not found]:
        why = _(
            "Le marché prend en compte l’environnement dans ses conditions d’exécution : ajoutez une condition, une "
            "spécification ou une exigence environnementale."
        )
        title = _("Aucune condition environnementale%(place)s") % {"place": place_of(bare, case)}
        yield missing(case, "condition_missing", CONDITION, title, why, items_of(criteria, bare))
    if bare := [lot for lot, found in criteria.items() if not found]:
        why = _(
            "Au moins un critère porte sur les caractéristiques environnementales de l’offre, ou le coût global les "
            "intègre : le prix seul ne suffit plus."
        )
        title = _("Aucun critère environnemental%(place)s") % {"place": place_of(bare, case)}
        yield missing(case, "criterion_missing", CRITERION, title, why, items_of(conditions, bare))


def by_lot(case: Case, items: list) -> Halves:
    """What is without lot stands in all of them."""
    return {
        lot: [item for item in items if lot is None or item.lot in (None, lot)] for lot in case.assembled.lots or [None]
    }


def items_of(halves: Halves, lots: list) -> list:
    """Once each, in the order of the contract: an item of several lots is one place to go to."""
    found = {item.pk: item for lot in lots for item in halves[lot]}
    return list(found.values())


def place_of(lots: list, case: Case) -> str:
    """Nothing when it holds of the whole dossier: naming every lot would say no more."""
    if len(lots) == len(case.assembled.lots or [None]):
        return ""
    numbers = get_text_list([str(lot.number) for lot in lots], _("et"))
    return ngettext(" pour le lot %(numbers)s", " pour les lots %(numbers)s", len(lots)) % {"numbers": numbers}


def missing(case: Case, code: str, rule: str, title: str, why: str, items: list) -> Finding:
    tone = Tone.WARNING if case.facts.applies(rule) else Tone.ADVICE
    return finding(code, tone, title, why, law=case.law(rule), items=items)


def met(case: Case, conditions: Halves, criteria: Halves) -> Finding:
    """Tied when each lot has a pair that is; the same pair may serve them all."""
    links = {frozenset(pair) for relation, *pair in case.links if relation in (Relation.PAIR, Relation.REQUIREMENT)}
    pairs = {lot: tied(conditions[lot], criteria[lot], links) for lot in conditions}
    law = case.law(CONDITION, CRITERION)
    if all(pairs.values()):
        title = _("Une condition et un critère environnementaux, liés")
        return finding("pair", Tone.GOOD, title, law=law, items=items_of(pairs, list(pairs)))
    loose = [lot for lot, pair in pairs.items() if not pair]
    title = _("Une condition et un critère environnementaux")
    why = _("Rien ne les lie dans la bibliothèque%(place)s : vérifiez que le critère note ce que la condition exige.")
    items = items_of({lot: [conditions[lot][0], criteria[lot][0]] for lot in loose}, loose)
    return finding("pair_untied", Tone.ADVICE, title, why % {"place": place_of(loose, case)}, law=law, items=items)


def tied(conditions: list, criteria: list, links: set[frozenset[int]]) -> list:
    for condition, criterion in product(conditions, criteria):
        if frozenset((condition.item.clause_id, criterion.item.clause_id)) in links:
            return [condition, criterion]
    return []
