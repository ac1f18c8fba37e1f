"""Planned purchases, always through the viewer: absent and forbidden are the same 404."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone

from clauses.dossiers.models import Dossier
from clauses.dossiers.selectors.dossier import with_role
from clauses.planner.milestones import Milestone, due_days, launch_day, milestones
from clauses.planner.models import PlannedPurchase, PlannerSettings, PurchaseImport, PurchaseShare
from clauses.planner.social import Duty, needs_facilitator, social_duty
from clauses.planner.vocabularies import CLOSED, ShareRole, Step
from community.core.addresses import address
from community.law.obligations.sources import Law, read_law
from community.members.models import Member

MAX_OFFERED = 50
RELATED = ("owner__organisation", "family__parent", "cpv")


def get_purchase_or_404(viewer, pk: int) -> PlannedPurchase:
    purchase = with_people(PlannedPurchase.objects.visible_to(viewer)).filter(pk=pk).first()
    if purchase is None:
        raise Http404
    return purchase


def get_import_or_404(viewer, pk: int) -> PurchaseImport:
    found = PurchaseImport.objects.visible_to(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def with_people(purchases: QuerySet) -> QuerySet:
    shares = PurchaseShare.objects.select_related("member__organisation", "member__claimed_by").order_by("pk")
    return purchases.select_related(*RELATED).prefetch_related(Prefetch("shares", queryset=shares), "steps_done")


def settings_of(member) -> PlannerSettings:
    """Those of the member, or what they are until she chooses."""
    return PlannerSettings.objects.filter(member=member).first() or PlannerSettings(member=member)


@dataclass(frozen=True, kw_only=True)
class PlannedRow:
    """One purchase as its page shows it: its steps on their days, what the law will ask, what the viewer may do."""

    purchase: PlannedPurchase
    launch: date
    duty: Duty
    milestones: list[Milestone]
    role: str
    today: date
    notes: dict[str, str] = field(default_factory=dict)
    dossier: Dossier | None = None

    @property
    def pk(self) -> int:
        return self.purchase.pk

    @property
    def may_edit(self) -> bool:
        return self.role in ("owner", ShareRole.EDITOR)

    @property
    def may_own(self) -> bool:
        return self.role == "owner"

    @property
    def is_closed(self) -> bool:
        return self.purchase.status in CLOSED

    @property
    def next_step(self) -> Milestone | None:
        """The first that waits; nothing waits once the contract is awarded or given up."""
        if self.is_closed:
            return None
        return next((each for each in self.milestones if each.is_open), None)

    @property
    def pressing(self) -> list[Milestone]:
        return [] if self.is_closed else [each for each in self.milestones if each.is_pressing(self.today)]

    @property
    def late(self) -> list[Milestone]:
        return [] if self.is_closed else [each for each in self.milestones if each.is_late(self.today)]

    @property
    def has_facilitator(self) -> bool:
        return any(each.step == Step.FACILITATOR for each in self.milestones)

    @property
    def url(self) -> str:
        return address("purchase_detail", pk=self.purchase.pk)


def planned_row(
    viewer: Any,
    purchase: PlannedPurchase,
    *,
    law: Law,
    today: date | None = None,
    dossiers: dict[int, Dossier] | None = None,
) -> PlannedRow:
    """`purchase` came by `with_people`, `dossiers` by `dossiers_of`: nothing more is read."""
    today = today or timezone.localdate()
    launch = launch_day(starts_on=purchase.starts_on, launch_on=purchase.launch_on, procedure=purchase.procedure)
    duty = social_duty(purchase, launch=launch, law=law, today=today)
    days = due_days(launch=launch, needs_facilitator=needs_facilitator(purchase, duty))
    done = {each.step: each for each in purchase.steps_done.all()}
    return PlannedRow(
        purchase=purchase,
        launch=launch,
        duty=duty,
        milestones=milestones(days, {step: each.done_on for step, each in done.items()}),
        role=role_of(viewer, purchase),
        today=today,
        notes={step: each.note for step, each in done.items() if each.note},
        dossier=(dossiers or {}).get(purchase.dossier_id or 0),
    )


def role_of(viewer: Member, purchase: PlannedPurchase) -> str:
    if purchase.owner_id == viewer.pk:
        return "owner"
    return next((share.role for share in purchase.shares.all() if share.member_id == viewer.pk), "")


def rows_of(viewer, purchases: QuerySet, *, today: date | None = None) -> list[PlannedRow]:
    """Every purchase with its steps, in a number of queries that does not depend on how many there are."""
    law, rows = read_law(), list(with_people(purchases))
    dossiers = dossiers_of(viewer, rows)
    return [planned_row(viewer, purchase, law=law, today=today, dossiers=dossiers) for purchase in rows]


def dossiers_of(viewer, purchases: list[PlannedPurchase]) -> dict[int, Dossier]:
    """Those of the purchases that the viewer reads, with `my_role`; a purchase shared shares no dossier."""
    linked = {purchase.dossier_id for purchase in purchases if purchase.dossier_id}
    found = with_role(viewer, Dossier.objects.visible_to(viewer).filter(pk__in=linked)) if linked else ()
    return {dossier.pk: dossier for dossier in found}


def full_row(viewer, purchase: PlannedPurchase) -> PlannedRow:
    """One purchase, for its own page."""
    return planned_row(viewer, purchase, law=read_law(), dossiers=dossiers_of(viewer, [purchase]))


def dossiers_to_link(viewer) -> list[Dossier]:
    return list(Dossier.objects.visible_to(viewer).recent()[:MAX_OFFERED])
