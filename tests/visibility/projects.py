"""What buyers prepare for themselves and the colleagues they name: purchases to come, their reminders, their files."""

from datetime import date

from clauses.planner.models import PlannedPurchase, PurchaseImport, PurchaseShare, StepReminder

STARTS = date(2027, 9, 1)


def build_projects(world) -> None:
    build_planner(world)


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
