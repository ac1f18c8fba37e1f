"""The social condition of contracts above the European threshold, whose amount is read from the thresholds."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clauses.dossiers.selectors.law_facts import SOCIAL
from community.law.obligations.case import Standing
from community.law.obligations.words import euros
from community.taxonomy.models import Pillar

from .case import Case, Finding, Tone, finding


def check_social_condition(case: Case) -> Iterator[Finding]:
    found, facts = case.conditions(Pillar.SOCIAL), case.facts
    law = case.law(SOCIAL)
    if not facts.applies(SOCIAL):
        return
    if not facts.amounts:
        if not found:
            title = _("Condition sociale à vérifier")
            why = _("Le seuil européen n’est pas encore publié pour la date de ce marché : vérifiez-le le moment venu.")
            yield finding("social_unpublished", Tone.ADVICE, title, why, law=law)
        return
    lowest, highest = euros(facts.amounts[0]), euros(facts.amounts[-1])
    if facts.standing == Standing.UNKNOWN and not found:
        why = _("À partir du seuil européen, une condition sociale ou relative à l’emploi s’impose.")
        yield finding("social_unknown", Tone.ADVICE, _("Indiquez le montant estimé"), why, law=law)
    elif facts.standing == Standing.BETWEEN and not found:
        why = _("Selon la nature du marché et l’acheteur, le seuil va de %(low)s à %(high)s : précisez-les.")
        title = _("Condition sociale à vérifier")
        yield finding("social_between", Tone.ADVICE, title, why % {"low": lowest, "high": highest}, law=law)
    elif facts.standing == Standing.REACHED and found:
        title = _("Condition sociale, au-delà de %(amount)s") % {"amount": highest}
        yield finding("social", Tone.GOOD, title, law=law, items=found[:3])
    elif facts.standing == Standing.REACHED:
        title = _("Aucune condition sociale")
        why = _(
            "À partir de %(amount)s, le marché prévoit une condition d’exécution relative au domaine social ou à "
            "l’emploi, ou dit par écrit pourquoi il s’en écarte."
        )
        yield finding("social_missing", Tone.WARNING, title, why % {"amount": highest}, law=law)
