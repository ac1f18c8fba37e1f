"""A file of purchases comes in: the good lines together or none of them, every other one said with why."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clauses.planner import permissions
from clauses.planner.imports.lines import ADDED, PROPOSED, Reader, ReadLine
from clauses.planner.imports.reading import RawRow
from clauses.planner.models import MAX_FILE_NAME, PlannedPurchase, PurchaseImport
from community.core.events import PurchasePlanned, PurchaseRemoved, emit
from community.core.ratelimits import Limit, spend
from community.members.models import Member

from .plan import file_purchase, require_room

IMPORT = Limit("planner-import", times=20, seconds=60 * 60, newcomer=5)


@transaction.atomic
def import_purchases(*, actor, rows: list[RawRow], file_name: str, client_token: UUID | None = None) -> PurchaseImport:
    """Lines that cannot be read are left out and told; those that can are written in one transaction."""
    permissions.require(permissions.can_plan(actor))
    # One file at a time: two readings at once would not see each other's doubles.
    Member.objects.select_for_update().filter(pk=actor.pk).first()
    sent = PurchaseImport.objects.filter(owner=actor, client_token=client_token).first() if client_token else None
    if sent is not None:
        return sent
    spend(IMPORT, actor=actor)
    reader = Reader(actor, rows, organisation=actor.organisation.name if actor.organisation_id else "")
    lines = [reader.read(row) for row in rows]
    taken = [line for line in lines if line.purchase is not None]
    require_room(actor, more=len(taken))
    batch = PurchaseImport.objects.create(
        owner=actor,
        file_name=file_name[:MAX_FILE_NAME],
        line_count=len(lines),
        added_count=len(taken),
        client_token=client_token,
    )
    keys = write_purchases(actor, batch, taken)
    batch.lines = [kept(line, keys.get(line.line)) for line in lines if line.outcome != ADDED]
    batch.save(update_fields=["lines"])
    return batch


def write_purchases(actor, batch: PurchaseImport, taken: list[ReadLine]) -> dict[int, int]:
    """The key of the row that each line made."""
    read = [line.purchase.as_columns() for line in taken if line.purchase is not None]
    rows = [PlannedPurchase(owner=actor, came_from=batch, **columns) for columns in read]
    made = PlannedPurchase.objects.bulk_create(rows)
    for purchase in made:
        emit(PurchasePlanned(purchase_id=purchase.pk, by_id=actor.pk))
    return {line.line: purchase.pk for line, purchase in zip(taken, made, strict=True)}


def kept(line: ReadLine, purchase: int | None) -> dict[str, Any]:
    return {
        "line": line.line,
        "read": line.said,
        "outcome": line.outcome,
        "why": line.why,
        "purchase": purchase,
        "family": line.proposed,
    }


@transaction.atomic
def accept_family(*, actor, batch: PurchaseImport, line: int, family) -> None:
    """Takes the family that was proposed for a line; the report says so."""
    permissions.require(batch.owner_id == actor.pk)
    locked = PurchaseImport.objects.select_for_update().get(pk=batch.pk)
    found = next((each for each in locked.lines if each["line"] == line and each["outcome"] == PROPOSED), None)
    if found is None or found["family"] != family.pk:
        return
    purchase = PlannedPurchase.objects.owned_by(actor).filter(pk=found["purchase"]).first()
    if purchase is not None:
        file_purchase(actor=actor, purchase=purchase, family=family)
    found["outcome"] = ADDED
    locked.save(update_fields=["lines"])


@transaction.atomic
def undo_import(*, actor, batch: PurchaseImport) -> tuple[int, int]:
    """Takes back what the file added and nobody touched since; gives (taken back, kept)."""
    permissions.require(batch.owner_id == actor.pk)
    locked = PurchaseImport.objects.select_for_update().get(pk=batch.pk)
    added = PlannedPurchase.objects.owned_by(actor).filter(came_from=locked)
    untouched = list(
        added.filter(version=1, shares=None, steps_done=None, visible_to_peers=False).values_list("pk", flat=True)
    )
    remaining = added.count() - len(untouched)
    PlannedPurchase.objects.filter(pk__in=untouched).delete()
    for pk in untouched:
        emit(PurchaseRemoved(purchase_id=pk, by_id=actor.pk))
    locked.undone_at = locked.undone_at or timezone.now()
    locked.save(update_fields=["undone_at"])
    return len(untouched), remaining
