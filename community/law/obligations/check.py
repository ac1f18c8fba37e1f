from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from .lawbook import LawBook
from .purchase import Finding, Purchase, Status, Step
from .rules import procedure, sectors, sustainable

Rule = Callable[[Purchase, LawBook, date], list[Finding]]

RULES: tuple[Rule, ...] = (
    sustainable.principle,
    sustainable.environmental_condition,
    sustainable.environmental_criterion,
    sustainable.specifications,
    sustainable.social_condition,
    sustainable.concession_report,
    sectors.egalim,
    sectors.plastic_containers,
    sectors.reuse_and_recycling,
    sectors.building_regulation,
    sectors.renewable_energy,
    sectors.texts_not_read_again,
    procedure.publicity,
    procedure.free_documents,
    procedure.european_procedure,
    procedure.essential_data,
    procedure.turnover_cap,
    procedure.purchasing_scheme,
    procedure.optional_exclusions,
    procedure.far_launch,
)
ORDER = tuple(Status)


def check(purchase: Purchase, *, law: LawBook | None = None, today: date | None = None) -> list[Finding]:
    """Every line of the legal calendar that concerns such a purchase, what applies first."""
    law = law or LawBook.read()
    today = today or timezone.localdate()
    findings = [finding for rule in RULES for finding in rule(purchase, law, today)]
    return sorted(findings, key=lambda finding: ORDER.index(finding.status))


def ladder(purchase: Purchase, *, law: LawBook | None = None) -> list[Step]:
    """The amount among the thresholds that its nature and its buyer meet, on the day of its launch."""
    law = law or LawBook.read()
    keys = [
        ("donnees-essentielles", _("Données essentielles à publier")),
        (procedure.european_key(purchase), _("Seuil européen : condition sociale")),
    ]
    if not purchase.is_concession:
        keys.append((procedure.publicity_key(purchase), _("Publicité et mise en concurrence")))
    steps = []
    for key, label in keys:
        threshold = law.threshold(key, purchase.launch)
        if threshold is not None:
            place = "crossed" if purchase.amount >= threshold.amount else "ahead"
            steps.append(Step(amount=threshold.amount, label=label, place=place))
    steps.append(Step(amount=Decimal(purchase.amount), label=_("Votre marché"), place="current"))
    # At the very amount of a threshold, the purchase stands after what it crosses.
    return sorted(steps, key=lambda step: (step.amount, step.place == "current"))
