"""After the award, both sides tell the hours done, lot by lot."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.calibration import permissions
from clauses.calibration.models import CalibrationLot, CalibrationRequest, HoursEntry
from clauses.calibration.vocabularies import MAX_ENTRIES, MAX_HOURS
from community.core.errors import Invalid, Refused
from community.core.events import CalibrationStateChanged, HoursTold, emit
from community.core.ratelimits import Limit, spend

from .ask import lock_request

TELL = Limit("calibration-hours", times=200, seconds=60 * 60)


@transaction.atomic
def mark_awarded(*, actor, request: CalibrationRequest, awarded_on: date, ends_on: date | None = None) -> None:
    """Starts the follow-up; said again, the dates are put right."""
    permissions.require(permissions.can_follow_hours(actor, request))
    if awarded_on > timezone.localdate():
        raise Invalid(_("Un marché attribué ne l’est pas demain."), field="awarded_on")
    if ends_on is not None and ends_on < awarded_on:
        raise Invalid(_("La fin du marché est avant son attribution."), field="ends_on")
    locked = lock_request(request)
    locked.awarded_on, locked.ends_on = awarded_on, ends_on
    locked.save(update_fields=["awarded_on", "ends_on"])
    emit(CalibrationStateChanged(request_id=locked.pk, change="awarded", by_id=actor.pk))


@transaction.atomic
def tell_hours(
    *, actor, lot: CalibrationLot, until: date, hours: int, note: str = "", client_token: UUID | None = None
) -> HoursEntry:
    """A form sent twice is one entry."""
    permissions.require(permissions.can_follow_hours(actor, lot.request))
    request = lock_request(lot.request)
    entries = HoursEntry.objects.filter(lot=lot)
    if client_token and (sent := entries.filter(client_token=client_token).first()):
        return sent
    if request.awarded_on is None:
        raise Refused(_("Dites d’abord que le marché est attribué."))
    if not 1 <= hours <= MAX_HOURS:
        raise Invalid(_("Donnez un nombre d’heures entier, à partir de 1."), field="hours")
    if until > timezone.localdate() or until < request.awarded_on:
        raise Invalid(_("Ces heures sont faites entre l’attribution et aujourd’hui."), field="until")
    if entries.count() >= MAX_ENTRIES:
        raise Refused(_("Ce lot compte déjà trop de relevés."))
    spend(TELL, actor=actor)
    try:
        with transaction.atomic():
            entry = entries.create(
                lot=lot, until=until, hours=hours, note=note.strip(), by=actor, client_token=client_token
            )
    except IntegrityError:
        if client_token is None:
            raise
        return entries.get(client_token=client_token)
    emit(HoursTold(request_id=request.pk, lot_id=lot.pk, by_id=actor.pk))
    return entry


@transaction.atomic
def withdraw_entry(*, actor, entry: HoursEntry) -> None:
    """By whoever told it: the line stays in the base, its hours count no more."""
    permissions.require(permissions.can_follow_hours(actor, entry.lot.request) and entry.by_id == actor.pk)
    HoursEntry.objects.filter(pk=entry.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
