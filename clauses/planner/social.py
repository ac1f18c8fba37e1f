"""Whether the law will ask a social condition of a planned purchase: what the checker answers for its launch."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from community.law.models import Audience
from community.law.obligations.case import Case
from community.law.obligations.findings import Finding, Status
from community.law.obligations.purchase import Purchase
from community.law.obligations.rules.social import social_condition
from community.law.obligations.sources import Law
from community.members.models import Member, OrganisationKind

from .models import PlannedPurchase

BUYERS = {
    OrganisationKind.STATE: Audience.STATE,
    OrganisationKind.LOCAL: Audience.LOCAL,
    OrganisationKind.HOSPITAL: Audience.HEALTH,
    OrganisationKind.HOUSING: Audience.HOUSING,
    OrganisationKind.UNIVERSITY: Audience.UNIVERSITY,
}


def buyer_of(member: Member) -> str | None:
    """The kind of buyer that the checker knows the member's organisation by."""
    return BUYERS.get(member.organisation.kind) if member.organisation_id else None


@dataclass(frozen=True)
class Duty:
    """`is_sure` when the law asks it; `is_likely` when the amount reaches the last threshold known, whatever is not
    answered or not published yet. `threshold` is the amount it depends on.
    """

    is_sure: bool = False
    is_likely: bool = False
    threshold: Decimal | None = None


NO_DUTY = Duty()


def social_duty(purchase: PlannedPurchase, *, launch: date, law: Law, today: date) -> Duty:
    """Nothing is sure of a purchase whose amount is unknown."""
    if purchase.amount is None:
        return NO_DUTY
    asked = Purchase(
        nature=purchase.nature or None,
        amount=purchase.amount,
        buyer=buyer_of(purchase.owner),
        launch_date=launch,
    )
    finding: Finding = next(social_condition(Case(purchase=asked, law=law, today=today)))
    threshold = finding.threshold.amount
    reached = threshold is not None and purchase.amount >= threshold
    return Duty(
        is_sure=finding.status == Status.APPLIES,
        is_likely=finding.status == Status.TO_CHECK and reached,
        threshold=threshold,
    )


def needs_facilitator(purchase: PlannedPurchase, duty: Duty) -> bool:
    """Wanted by the buyer, asked by the law, or likely to be: being early costs nothing."""
    return purchase.social_clause or duty.is_sure or duty.is_likely
