"""What the checks read of the law: three queries whatever the number of texts."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from community.core.prepared import Prepared
from community.law.citations import PROVISION, TEXT
from community.law.models import Audience, LegalProvision, LegalText, Threshold
from community.law.obligations import Law, Purchase
from community.law.obligations.case import Case as LawCase
from community.law.obligations.case import Standing, stand_among
from community.law.obligations.rules.european import european_thresholds
from community.law.obligations.sources import CODE, Fact
from community.members.models import OrganisationKind

from ..models import Dossier

CONDITION, CRITERION, SOCIAL = "L2112-2", "R2152-7", "L2112-2-1"
NAMED = (CONDITION, CRITERION, SOCIAL)
BUYERS = {
    OrganisationKind.STATE: Audience.STATE,
    OrganisationKind.LOCAL: Audience.LOCAL,
    OrganisationKind.HOSPITAL: Audience.HEALTH,
    OrganisationKind.HOUSING: Audience.HOUSING,
    OrganisationKind.UNIVERSITY: Audience.UNIVERSITY,
}


@dataclass
class LawFacts:
    """`cited`: (kind, pk) → LegalText or LegalProvision; `named`: « L2112-2 » → LegalProvision; `day`: the launch,
    or today when it is not known.
    """

    day: date
    cited: dict[tuple[str, int], LegalText | LegalProvision] = field(default_factory=dict)
    named: dict[str, LegalProvision] = field(default_factory=dict)
    amounts: list[Decimal] = field(default_factory=list)
    standing: Standing = Standing.UNKNOWN

    def applies(self, key: str) -> bool:
        """Is the article in force on the day of the launch? One that nobody loaded is not held against anybody."""
        found = self.named.get(key)
        return found is not None and (found.in_force_from is None or found.in_force_from <= self.day)


_provisions = Prepared(
    lambda ids: LegalProvision.objects.filter(Q(pk__in=ids) | Q(text__slug=CODE, key__in=NAMED)).select_related(
        "text", "replaced_by__text"
    )
)
_texts = Prepared(lambda ids: LegalText.objects.filter(pk__in=ids).select_related("replaced_by"))
_thresholds = Prepared(lambda: Threshold.objects.filter(key__startswith="ue-").order_by("applies_from"))


def read_facts(dossier: Dossier, cited: set[tuple[str, int]]) -> LawFacts:
    facts = LawFacts(day=dossier.launch_on or timezone.localdate())
    pks: dict[str, list[int]] = {PROVISION: [], TEXT: []}
    for kind, pk in cited:
        pks.setdefault(kind, []).append(pk)
    # Zero is nobody's key: the named ones come whatever is cited.
    for provision in _provisions.rows(ids=sorted(pks[PROVISION]) or [0]):
        facts.cited[PROVISION, provision.pk] = provision
        if provision.text.slug == CODE and provision.key in NAMED:
            facts.named[provision.key] = provision
    if pks[TEXT]:
        facts.cited |= {(TEXT, text.pk): text for text in _texts.rows(ids=sorted(pks[TEXT]))}
    read_thresholds(facts, dossier)
    return facts


def read_thresholds(facts: LawFacts, dossier: Dossier) -> None:
    """The European threshold of the launch day: several when the nature or the buyer is not known."""
    law = Law()
    for row in _thresholds.rows():
        law.thresholds.setdefault(row.key, []).append(fact_of(row))
    purchase = Purchase(
        nature=dossier.nature or None,
        amount=dossier.amount,
        buyer=buyer_of(dossier),
        launch_date=facts.day,
    )
    found = european_thresholds(LawCase(purchase=purchase, law=law, today=facts.day))
    facts.amounts = sorted({fact.amount for fact in found if fact.amount is not None})
    facts.standing = stand_among(dossier.amount, found)


def fact_of(row: Threshold) -> Fact:
    return Fact(
        kind="threshold",
        name=row.key,
        label=row.label,
        text_slug="",
        text_name="",
        since=row.applies_from,
        until=row.applies_until,
        amount=row.amount,
        year_only=False,
        source=row.source,
        source_url=row.source_url,
        verified_on=row.verified_on,
        to_check=row.to_check,
    )


def buyer_of(dossier: Dossier) -> str | None:
    """What was said, or what the owner's organisation is."""
    if dossier.buyer:
        return dossier.buyer
    organisation = dossier.owner.organisation
    return BUYERS.get(OrganisationKind(organisation.kind)) if organisation else None
