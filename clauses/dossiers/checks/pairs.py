"""Since August 2026, every contract takes account of the environment twice: in its performance, in its award."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clauses.dossiers.selectors.law_facts import CONDITION, CRITERION
from clauses.library.vocabularies import Relation
from community.taxonomy.models import Pillar

from .case import Case, Finding, Tone, finding


def check_pair(case: Case) -> Iterator[Finding]:
    conditions, criteria = case.conditions(Pillar.ENVIRONMENT), case.criteria(Pillar.ENVIRONMENT)
    if conditions and criteria:
        yield met(case, conditions, criteria)
        return
    if not conditions:
        why = _(
            "Le marché prend en compte l’environnement dans ses conditions d’exécution : ajoutez une condition, une "
            "spécification ou une exigence environnementale."
        )
        due = case.facts.applies(CONDITION)
        tone = Tone.WARNING if due else Tone.ADVICE
        title = _("Aucune condition environnementale")
        yield finding("condition_missing", tone, title, why, law=case.law(CONDITION), items=criteria)
    if not criteria:
        why = _(
            "Au moins un critère porte sur les caractéristiques environnementales de l’offre, ou le coût global les "
            "intègre : le prix seul ne suffit plus."
        )
        due = case.facts.applies(CRITERION)
        tone = Tone.WARNING if due else Tone.ADVICE
        yield finding(
            "criterion_missing",
            tone,
            _("Aucun critère environnemental"),
            why,
            law=case.law(CRITERION),
            items=conditions,
        )


def met(case: Case, conditions: list, criteria: list) -> Finding:
    tied = {frozenset(pair) for relation, *pair in case.links if relation in (Relation.PAIR, Relation.REQUIREMENT)}
    law = case.law(CONDITION, CRITERION)
    for condition in conditions:
        for criterion in criteria:
            if frozenset((condition.item.clause_id, criterion.item.clause_id)) in tied:
                title = _("Une condition et un critère environnementaux, liés")
                return finding("pair", Tone.GOOD, title, law=law, items=[condition, criterion])
    title = _("Une condition et un critère environnementaux")
    why = _("Rien ne les lie dans la bibliothèque : vérifiez que le critère note ce que la condition exige.")
    return finding("pair_untied", Tone.ADVICE, title, why, law=law, items=[conditions[0], criteria[0]])
