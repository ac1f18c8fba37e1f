"""What the asker plans and has calibrated, for the pages that show it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from clauses.calibration.models import CalibrationLot, CalibrationRequest, HoursEntry
from clauses.dossiers.models import Dossier
from clauses.planner.models import PlannedPurchase, PurchaseImport, PurchaseShare, StepDone
from community.members.models import Territory
from community.taxonomy.models import PurchaseFamily

LINES = (
    ("proposed", "« Espaces verts » ? Le code CPV commence par 773."),
    ("refused", "Le 31 juin n’existe pas. Écrivez 30/06/2027."),
)


def projects(people: dict[str, Any]) -> dict[str, int]:
    """Purchases in every state, a file that was read, hours that are followed."""
    asker, today = people["asker"], timezone.localdate()
    if not PlannedPurchase.objects.filter(owner=asker).exists():
        family = PurchaseFamily.objects.filter(code="NET").first()
        for title, days, status in (
            ("Nettoyage", 280, "planned"),
            ("Linge", 40, "launched"),
            ("Papier", -9, "awarded"),
        ):
            purchase = PlannedPurchase.objects.create(
                owner=asker,
                title=title,
                family=family,
                nature="services",
                amount=640_000,
                starts_on=today + timedelta(days=days),
                status=status,
                visible_to_peers=True,
                notes="Deux lots.",
            )
            StepDone.objects.create(purchase=purchase, step="source", done_on=today, by=asker)
        PurchaseShare.objects.create(purchase=purchase, member=people["helper"], role="editor")
        lines = [
            {"line": rank, "read": "Tonte ; 310 000", "outcome": outcome, "why": why, "purchase": None, "family": None}
            for rank, (outcome, why) in enumerate(LINES, start=2)
        ]
        PurchaseImport.objects.create(owner=asker, file_name="plan.csv", line_count=2, added_count=1, lines=lines)
        followed(asker, people["staff"], today)
    return {
        "purchase": PlannedPurchase.objects.filter(owner=asker).order_by("pk")[0].pk,
        "import": PurchaseImport.objects.get(owner=asker).pk,
        "calibration": CalibrationRequest.objects.filter(requester=asker).order_by("-pk")[0].pk,
    }


def followed(asker, staff, today) -> None:
    """Awarded, with some hours told."""
    request = CalibrationRequest.objects.create(
        dossier=Dossier.objects.filter(owner=asker).order_by("pk")[0],
        requester=asker,
        asked="staff",
        title="Repas des écoles",
        subject="Repas livrés",
        territory=Territory.objects.filter(kind="departement").order_by("code")[0],
        state="answered",
        answered_by=staff,
        answered_at=timezone.now(),
        publics="Demandeurs d’emploi de longue durée",
        wording="Le titulaire réserve 800 heures.",
        awarded_on=today - timedelta(days=60),
    )
    lot = CalibrationLot.objects.create(request=request, position=1, name="Lot 1", amount=400_000, planned_hours=800)
    HoursEntry.objects.create(lot=lot, until=today, hours=120, by=staff)
