"""The European thresholds: which one is that of a purchase, and on which side of it the purchase stands."""

from django.utils.translation import gettext as _

from community.core.ui import day_words

from ..case import Case, Standing, stand_among
from ..findings import Status, ThresholdNote
from ..purchase import Audience, PurchaseNature
from ..sources import Fact
from ..words import euros

STATE, OTHERS, ENTITIES = (f"ue-fournitures-services-{who}" for who in ("etat", "autres", "entites"))
# A university is an establishment of the State for some lists of buyers and not for others: both are possible.
SUPPLIES_AND_SERVICES = {
    Audience.STATE: (STATE,),
    Audience.UNIVERSITY: (STATE, OTHERS),
    Audience.ENTITY: (ENTITIES,),
    Audience.LOCAL: (OTHERS,),
    Audience.HEALTH: (OTHERS,),
    Audience.HOUSING: (OTHERS,),
    None: (STATE, OTHERS, ENTITIES),
}


def european_keys(case: Case) -> tuple[str, ...]:
    """The European thresholds that may be the one of this purchase, given what was answered."""
    nature = case.purchase.nature
    if nature == PurchaseNature.WORKS:
        return ("ue-travaux",)
    if nature == PurchaseNature.CONCESSION:
        return ("ue-concessions",)
    keys = SUPPLIES_AND_SERVICES[case.purchase.buyer]
    return keys if nature is not None else (*keys, "ue-travaux", "ue-concessions")


def european_thresholds(case: Case) -> list[Fact]:
    """Those of the launch day; none when they are not published yet."""
    if case.launch is None:
        return []
    found = [case.law.threshold(key, case.launch) for key in european_keys(case)]
    return [fact for fact in found if fact] if all(found) else []


def note_of(case: Case) -> ThresholdNote:
    """The threshold to show, that of the launch or the latest known: from the lowest to the highest when several are
    possible.
    """
    current = european_thresholds(case)
    facts = current or [fact for key in european_keys(case) if (fact := case.law.latest(key))]
    if not facts:
        return ThresholdNote()
    top = max(facts, key=lambda fact: fact.amount or 0)
    lowest = min((fact.amount for fact in facts if fact.amount is not None), default=None)
    return ThresholdNote(amount=top.amount, lowest=lowest, until=top.until, is_latest_known=not current)


def against_threshold(case: Case, below: str) -> tuple[Status, str, tuple[str, ...]]:
    """`below` is said under the threshold, of %(amount)s."""
    thresholds = european_thresholds(case)
    if not thresholds:
        latest = note_of(case)
        why = _("Le seuil européen n’est pas encore publié pour cette date.")
        if latest.until:
            why = _(
                "Le seuil européen n’est pas encore publié pour cette date : le dernier connu, %(amount)s, vaut "
                "jusqu’au %(day)s."
            ) % {"amount": latest, "day": day_words(latest.until)}
        return Status.TO_CHECK, why, ()
    lowest, highest = (euros(edge(fact.amount for fact in thresholds)) for edge in (min, max))
    standing = stand_among(case.purchase.amount, thresholds)
    if standing == Standing.UNKNOWN:
        return Status.TO_CHECK, _("Indiquez le montant estimé pour conclure."), case.missing("amount")
    if standing == Standing.BELOW:
        return Status.NOT_APPLICABLE, below % {"amount": euros(case.purchase.amount)}, ()
    if standing == Standing.BETWEEN:
        why = _("Selon votre réponse, le seuil va de %(lowest)s à %(highest)s, et votre montant est entre les deux.")
        if case.purchase.buyer == Audience.UNIVERSITY:
            why = _("Selon le statut de votre établissement, le seuil est de %(lowest)s ou de %(highest)s.")
        return Status.TO_CHECK, why % {"lowest": lowest, "highest": highest}, case.missing("nature", "buyer")
    return Status.APPLIES, "", ()
