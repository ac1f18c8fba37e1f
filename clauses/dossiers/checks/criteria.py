"""What the award criteria weigh, lot by lot."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clauses.dossiers.selectors.law_facts import CRITERION
from clauses.library.vocabularies import ClauseKind
from community.taxonomy.models import Pillar

from .case import Case, Finding, Tone, finding

WHOLE = 100
# Below, a criterion separates no offers (State's guide on digital purchases, DOMAIN.md §2.3).
LEAST = 10


def check_total(case: Case) -> Iterator[Finding]:
    """More than a hundred per cent in one lot; less says nothing, as price and technical value stand elsewhere."""
    for lot in case.assembled.lots or [None]:
        found = [item for item in weighed(case) if lot is None or item.lot in (None, lot)]
        total = sum(item.weight or 0 for item in found)
        if total > WHOLE:
            place = _(" pour le lot %(number)d") % {"number": lot.number} if lot else ""
            title = _("Les critères pèsent %(total)d %%%(place)s") % {"total": total, "place": place}
            why = _("La somme des pondérations ne dépasse pas 100 %, prix et valeur technique compris.")
            yield finding("weights", Tone.WARNING, title, why, law=case.law(CRITERION), items=found)
            return


def weighed(case: Case) -> list:
    """A sub-criterion's weight is inside that of its criterion."""
    return [item for item in case.criteria() if item.item.kind == ClauseKind.CRITERION and item.weight]


def check_environmental_weight(case: Case) -> Iterator[Finding]:
    light = [item for item in weighed(case) if item.item.pillar == Pillar.ENVIRONMENT and item.weight < LEAST]
    if light:
        title = _("Un critère environnemental sous 10 %")
        why = _("C’est permis, mais en dessous de 10 % un critère ne départage guère les offres.")
        yield finding("weight_light", Tone.ADVICE, title, why, items=light)


def check_unweighted(case: Case) -> Iterator[Finding]:
    bare = [item for item in case.criteria() if item.item.kind == ClauseKind.CRITERION and not item.weight]
    if bare:
        title = _("Un critère sans poids")
        why = _("Donnez sa pondération : elle est publiée avec la consultation.")
        yield finding("weight_missing", Tone.ADVICE, title, why, items=bare)
