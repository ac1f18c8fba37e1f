"""Who is told of a calibration: those asked when it is sent, the dossier's persons when it is answered."""

from community.core.events import (
    CalibrationAnswered,
    CalibrationAsked,
    CalibrationStateChanged,
    HoursTold,
    handles,
)
from community.members.models import Member
from community.notifications.actions import tell_again
from community.notifications.tasks import fan_out

from .models import CalibrationRequest
from .querysets import askees_of, readers_of_calibration

KIND = "calibration"


def tell(reason: str, request_id: int, members, *, actor_id: int) -> None:
    ids = list(members.values_list("pk", flat=True))
    target = [KIND, request_id]
    tell_again(reason=reason, kind=KIND, pk=request_id)
    fan_out.enqueue(reason=reason, subject=target, target=target, actor_id=actor_id, member_ids=ids, only=True)


def get_request(pk: int) -> CalibrationRequest:
    return CalibrationRequest.objects.select_related("dossier").get(pk=pk)


@handles(CalibrationAsked)
def tell_asked(event: CalibrationAsked) -> None:
    asked = askees_of(get_request(event.request_id), Member.objects.persons())
    tell("calibration_asked", event.request_id, asked, actor_id=event.by_id)


@handles(CalibrationAnswered)
def tell_answer(event: CalibrationAnswered) -> None:
    request = get_request(event.request_id)
    tell("calibration_answered", request.pk, both_sides(request), actor_id=event.by_id)


@handles(CalibrationStateChanged)
def tell_state(event: CalibrationStateChanged) -> None:
    request = get_request(event.request_id)
    tell(f"calibration_{event.change}", request.pk, both_sides(request), actor_id=event.by_id)


@handles(HoursTold)
def tell_hours(event: HoursTold) -> None:
    request = get_request(event.request_id)
    tell("calibration_hours", request.pk, both_sides(request), actor_id=event.by_id)


def both_sides(request: CalibrationRequest):
    return readers_of_calibration(request, Member.objects.persons())
