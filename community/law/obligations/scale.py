"""The amount of a purchase among the thresholds that count for it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from .case import Case
from .purchase import Purchase
from .rules.european import european_thresholds
from .rules.european import note_of as european_note
from .rules.procedure import DISPENSES, possible
from .sources import Fact, Law

STATES = ("crossed", "own", "ahead")


@dataclass(frozen=True, slots=True)
class Mark:
    """`state`: crossed, own, ahead. Without an amount: a threshold that is not published yet."""

    label: str
    state: str
    amount: Decimal | None = None


def scale(purchase: Purchase, law: Law, today: date) -> list[Mark]:
    """Nothing without an amount; the marks in the order of their amounts, what is not published last."""
    if purchase.amount is None:
        return []
    case = Case(purchase=purchase, law=law, today=today)
    found: list[tuple[Decimal, str, bool]] = []
    for fact in possible(case, "donnees-essentielles")[-1:]:
        found.append(standing_of(purchase, fact, _("Données essentielles à publier")))
    if not purchase.is_concession:
        for key in DISPENSES[purchase.nature]:
            for fact in possible(case, key)[-1:]:
                found.append(standing_of(purchase, fact, _("Publicité et mise en concurrence")))
    unpublished = ""
    for fact in european_thresholds(case):
        found.append(standing_of(purchase, fact, _("Seuil européen : condition sociale")))
    if not european_thresholds(case):
        known = european_note(case)
        if known.amount is not None:
            label = _("Seuil européen connu")
            if known.until:
                label = _("Seuil européen, jusqu’en %(year)s") % {"year": known.until.year}
            found.append((known.amount, label, purchase.amount >= known.amount))
        if case.launch and known.until and case.launch > known.until:
            unpublished = _("Seuil de %(year)s, pas encore publié") % {"year": case.launch.year}
    return marks(purchase.amount, found, unpublished)


def standing_of(purchase: Purchase, fact: Fact, label: str) -> tuple[Decimal, str, bool]:
    return fact.amount, label, fact.is_reached_by(purchase.amount)


def marks(amount: Decimal, found: list[tuple[Decimal, str, bool]], unpublished: str) -> list[Mark]:
    own = Mark(_("Votre marché"), "own", amount)
    thresholds = [Mark(label, "crossed" if is_reached else "ahead", at) for at, label, is_reached in found]
    # At the very amount of a threshold, it stands before the purchase when it is reached, after when it is not.
    ordered = sorted([*thresholds, own], key=lambda mark: (mark.amount or 0, STATES.index(mark.state)))
    return [*ordered, Mark(unpublished, "ahead")] if unpublished else ordered
