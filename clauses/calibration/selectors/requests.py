"""Requests of calibration, always through the viewer; hours by lot."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet, Sum
from django.http import Http404

from clauses.calibration.models import CalibrationLot, CalibrationRequest, HoursEntry
from community.members.display import related_for_display

PAGE = 100
LATEST = 5
RELATED = (
    "territory",
    "family__parent",
    "space",
    "dossier__owner",
    *related_for_display("requester"),
    *related_for_display("facilitator"),
    *related_for_display("answered_by"),
)


def get_calibration_or_404(viewer, pk: int) -> CalibrationRequest:
    found = with_hours(CalibrationRequest.objects.visible_to(viewer)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def with_hours(requests: QuerySet) -> QuerySet:
    entries = HoursEntry.objects.filter(withdrawn_at=None).select_related("by__organisation", "by__claimed_by")
    lots = CalibrationLot.objects.prefetch_related(Prefetch("entries", queryset=entries))
    return requests.select_related(*RELATED).prefetch_related(Prefetch("lots", queryset=lots))


def received(member) -> list[CalibrationRequest]:
    """What the member is asked: what waits first, then the latest."""
    rows = with_hours(CalibrationRequest.objects.received_by(member).exclude(requester=member))
    return sorted(rows[:PAGE], key=lambda each: each.state != "sent")


def sent(member) -> list[CalibrationRequest]:
    return list(with_hours(CalibrationRequest.objects.of_buyers(member))[:PAGE])


def calibrations_of(dossier) -> list[CalibrationRequest]:
    """Of a dossier that the viewer reads."""
    return list(with_hours(CalibrationRequest.objects.filter(dossier=dossier)))


@dataclass(frozen=True)
class LotHours:
    """`done` is the sum of what was told; `until`, the latest day told of."""

    lot: CalibrationLot
    done: int
    until: date | None

    @property
    def planned(self) -> int | None:
        return self.lot.planned_hours

    @property
    def share(self) -> int | None:
        """Percent of what was planned, which may be passed."""
        return round(100 * self.done / self.planned) if self.planned else None


def hours_of(request: CalibrationRequest) -> list[LotHours]:
    found = []
    for lot in request.lots.all():
        entries = list(lot.entries.all())
        until = max((entry.until for entry in entries), default=None)
        found.append(LotHours(lot, sum(entry.hours for entry in entries), until))
    return found


def totals(hours: list[LotHours]) -> tuple[int, int]:
    """(planned, done) of all lots."""
    return sum(each.planned or 0 for each in hours), sum(each.done for each in hours)


def states_of(dossier) -> list[CalibrationRequest]:
    """In one query, for the page of a dossier that the viewer reads: where each stands, and the hours planned."""
    rows = CalibrationRequest.objects.filter(dossier=dossier).annotate(planned=Sum("lots__planned_hours"))
    return list(rows.order_by("-pk")[:LATEST])
