"""What buyers prepare for themselves and those they name: purchases to come, their files, hours to calibrate."""

from datetime import date

from clauses.calibration.models import (
    CalibrationLot,
    CalibrationReminder,
    CalibrationRequest,
    ConfirmedFacilitator,
)
from clauses.dossiers.models import Dossier
from clauses.planner.models import PlannedPurchase, PurchaseImport, PurchaseShare, StepReminder
from tests.factories import TerritoryFactory

STARTS = date(2027, 9, 1)


def build_projects(world) -> None:
    build_planner(world)
    build_calibrations(world)


def build_planner(world) -> None:
    """One purchase of the author's alone, one that a reader and an editor share; she agreed to be seen of no peer."""
    for row, people in (("own.author", {}), ("planner.shared", {"member": "reader", "reviewer": "editor"})):
        token = world.token()
        purchase = PlannedPurchase.objects.create(
            owner=world.actors["author"],
            title=f"Achat de {token}",
            organisation=f"Organisation {token}",
            notes=f"Note {token}",
            starts_on=STARTS,
        )
        for name, role in people.items():
            PurchaseShare.objects.create(purchase=purchase, member=world.actors[name], role=role)
        reminder = StepReminder.objects.create(purchase=purchase, step="source", due_on=STARTS, days_before=0)
        world.add(row, "planned_purchase", purchase, token)
        world.add(row, "step_reminder", reminder, token)
    token = world.token()
    line = {"line": 2, "read": token, "outcome": "refused", "why": "Date illisible.", "purchase": None, "family": None}
    batch = PurchaseImport.objects.create(
        owner=world.actors["author"], file_name=f"{token}.csv", line_count=1, added_count=0, lines=[line]
    )
    world.add("own.author", "purchase_import", batch, token)


def build_calibrations(world) -> None:
    """What left a dossier of the author's: to a facilitator, to the animators of a space, to the staff, to nobody."""
    place = TerritoryFactory()
    facilitator = world.actors["former"]
    type(facilitator).objects.filter(pk=facilitator.pk).update(account_kind="facilitator", territory=place)
    facilitator.refresh_from_db()
    ConfirmedFacilitator.objects.create(member=facilitator, territory=place)
    dossier = Dossier.objects.create(owner=world.actors["author"], title="Dossier à calibrer")
    for row, asked in (
        ("calibration.facilitator", {"asked": "facilitator", "facilitator": facilitator}),
        ("calibration.network", {"asked": "network", "space": world.spaces["private"]}),
        ("calibration.staff", {"asked": "staff"}),
        ("own.author", {"asked": "staff", "state": "withdrawn"}),
    ):
        token = world.token()
        request = CalibrationRequest.objects.create(
            dossier=dossier,
            requester=world.actors["author"],
            territory=place,
            title=f"Marché {token}",
            subject=f"Objet {token}",
            message=f"Demande {token}",
            **asked,
        )
        CalibrationLot.objects.create(request=request, position=1, name=f"Lot {token}")
        reminder = CalibrationReminder.objects.create(request=request, reason="answer", due_on=STARTS)
        world.add(row, "calibration", request, token)
        world.add(row, "calibration_reminder", reminder, token)
