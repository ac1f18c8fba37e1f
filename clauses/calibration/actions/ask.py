"""A calibration is asked, and withdrawn."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clauses.calibration import permissions
from clauses.calibration.models import CalibrationLot, CalibrationRequest
from clauses.calibration.selectors.askees import Askees, askees_for
from clauses.calibration.vocabularies import MAX_LOTS, Asked, State
from clauses.dossiers.models import Dossier
from community.core.errors import Invalid, Refused
from community.core.events import CalibrationAsked, CalibrationStateChanged, emit
from community.core.ratelimits import Limit, spend
from community.members.models import Territory

ASK = Limit("calibration-ask", times=20, seconds=24 * 60 * 60)
MAX_REQUESTS = 30


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What leaves the dossier: this, and nothing else of it."""

    territory: Territory
    title: str
    lots: tuple[tuple[str, Decimal | None], ...]
    subject: str = ""
    family: Any = None
    bracket: str = ""
    launch_on: date | None = None
    message: str = ""


@transaction.atomic
def ask_calibration(
    *, actor, dossier: Dossier, ask: Ask, kind: str, facilitator: str = "", client_token: UUID | None = None
) -> CalibrationRequest:
    """`kind`, and `facilitator` (public id), are whom the page named: if it would no longer be them, nothing leaves."""
    permissions.require(permissions.can_ask_calibration(actor, dossier))
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    known = CalibrationRequest.objects.filter(dossier=dossier)
    if client_token and (sent := known.filter(client_token=client_token).first()):
        return sent
    askees = askees_for(actor, ask.territory)
    asked = chosen(askees, kind, facilitator)
    require_sound(ask)
    if known.filter(state=State.SENT, **asked).exists():
        raise Refused(_("Une demande de ce dossier attend déjà une réponse : retirez-la avant d’en envoyer une autre."))
    if known.count() >= MAX_REQUESTS:
        raise Refused(_("Ce dossier compte déjà %(count)d demandes de calibrage.") % {"count": MAX_REQUESTS})
    spend(ASK, actor=actor)
    request = write_request(actor, dossier, ask, asked, client_token)
    emit(CalibrationAsked(request_id=request.pk, by_id=actor.pk))
    return request


def chosen(askees: Askees, kind: str, facilitator: str) -> dict[str, Any]:
    """The columns that say who is asked."""
    if kind != askees.kind:
        raise Refused(_("La personne à solliciter a changé pendant que vous écriviez : relisez à qui part la demande."))
    if askees.kind == Asked.FACILITATOR:
        found = next((each for each in askees.facilitators if each.public_id == facilitator), None)
        if found is None:
            raise Invalid(_("Choisissez la personne à solliciter."), field="facilitator")
        return {"asked": Asked.FACILITATOR, "facilitator_id": found.member_id}
    return {"asked": askees.kind, "space": askees.space}


def require_sound(ask: Ask) -> None:
    if not ask.lots:
        raise Invalid(_("Indiquez au moins un lot, ou le marché entier."), field="lots")
    if len(ask.lots) > MAX_LOTS:
        raise Invalid(_("Une demande porte sur %(count)d lots au plus.") % {"count": MAX_LOTS}, field="lots")


def write_request(actor, dossier: Dossier, ask: Ask, asked: dict[str, Any], client_token) -> CalibrationRequest:
    try:
        with transaction.atomic():
            request = CalibrationRequest.objects.create(
                dossier=dossier,
                requester=actor,
                territory=ask.territory,
                title=ask.title,
                subject=ask.subject,
                family=ask.family,
                bracket=ask.bracket,
                launch_on=ask.launch_on,
                message=ask.message,
                client_token=client_token,
                **asked,
            )
    except IntegrityError:
        if client_token is None:
            raise
        # The same form arrived twice at once.
        return CalibrationRequest.objects.get(dossier=dossier, client_token=client_token)
    CalibrationLot.objects.bulk_create(
        [
            CalibrationLot(request=request, position=position, name=name, amount=amount)
            for position, (name, amount) in enumerate(ask.lots, start=1)
        ]
    )
    return request


def lock_request(request: CalibrationRequest) -> CalibrationRequest:
    """The row as it is now, held until the end; one whose dossier was deleted meanwhile is a refusal."""
    locked = CalibrationRequest.objects.select_for_update().filter(pk=request.pk).first()
    if locked is None:
        raise Refused(_("Cette demande vient d’être supprimée."))
    return locked


@transaction.atomic
def withdraw_calibration(*, actor, request: CalibrationRequest) -> None:
    """The asked read it no more."""
    permissions.require(permissions.can_withdraw_calibration(actor, request))
    locked = lock_request(request)
    if locked.state not in (State.SENT, State.DECLINED):
        raise Refused(_("Cette demande vient de recevoir sa réponse."))
    locked.state = State.WITHDRAWN
    locked.save(update_fields=["state"])
    emit(CalibrationStateChanged(request_id=locked.pk, change="withdrawn", by_id=actor.pk))
