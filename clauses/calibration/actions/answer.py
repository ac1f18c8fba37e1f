"""The asked answer or decline; the answer joins the dossier by its own doors."""

from collections.abc import Mapping
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.calibration import permissions
from clauses.calibration.models import CalibrationLot, CalibrationRequest
from clauses.calibration.vocabularies import MAX_HOURS, State
from clauses.dossiers.actions.items import Words, write_article
from clauses.dossiers.actions.notes import add_note
from clauses.dossiers.permissions import can_edit_dossier
from clauses.dossiers.vocabularies import MAX_NOTE as MAX_DOSSIER_NOTE
from clauses.dossiers.vocabularies import MAX_NOTES as MAX_ITEM_NOTES
from clauses.library.vocabularies import ClauseKind, ContractDocument
from community.core.errors import Invalid, Refused
from community.core.events import CalibrationAnswered, CalibrationStateChanged, emit
from community.core.ui import number
from community.taxonomy.models import Pillar

from .ask import lock_request


@transaction.atomic
def answer_calibration(
    *,
    actor,
    request: CalibrationRequest,
    hours: Mapping[int, int],
    publics: str = "",
    wording: str = "",
    note: str = "",
    read_answer: datetime | None = None,
) -> CalibrationRequest:
    """`hours` by the key of each lot; zero says that a lot bears none. Until the award, said again, it is put right.

    `read_answer`: when the answer that the form showed was given, None if there was none. Those who animate a network
    are several: what another of them answered meanwhile is not written over.
    """
    permissions.require(permissions.can_answer_calibration(actor, request))
    locked = lock_request(request)
    if locked.state not in (State.SENT, State.ANSWERED) or locked.awarded_on is not None:
        raise Refused(_("Cette demande n’attend plus de réponse."))
    lots = list(CalibrationLot.objects.filter(request=locked))
    if {lot.pk for lot in lots} != set(hours) or not all(0 <= each <= MAX_HOURS for each in hours.values()):
        raise Invalid(_("Donnez un nombre d’heures pour chaque lot ; zéro si le lot n’en porte pas."))
    texts = {"publics": publics.strip(), "wording": wording.strip(), "answer_note": note.strip()}
    if locked.answered_at != read_answer:
        if _says_the_same(locked, lots, hours, texts, actor):
            # The same form, sent twice.
            return locked
        raise Refused(
            _(
                "Une réponse a été donnée à cette demande depuis que vous l’avez ouverte. Votre texte est gardé : "
                "comparez-le à cette réponse, puis transmettez-le de nouveau s’il doit la remplacer."
            )
        )
    _write_answer(locked, lots, hours, texts, actor)
    # Whoever asked wanted it there; if she left the dossier meanwhile, those who edit it take the answer themselves.
    if can_edit_dossier(locked.requester, locked.dossier):
        _join_if_room(locked)
    emit(CalibrationAnswered(request_id=locked.pk, by_id=actor.pk))
    return locked


def _says_the_same(request: CalibrationRequest, lots, hours: Mapping[int, int], texts: dict[str, str], actor) -> bool:
    return (
        request.answered_by_id == actor.pk
        and all(lot.planned_hours == hours[lot.pk] for lot in lots)
        and all(getattr(request, name) == text for name, text in texts.items())
    )


def _write_answer(request: CalibrationRequest, lots, hours: Mapping[int, int], texts: dict[str, str], actor) -> None:
    for lot in lots:
        lot.planned_hours = hours[lot.pk]
    CalibrationLot.objects.bulk_update(lots, ["planned_hours"])
    request.state, request.answered_by, request.answered_at = State.ANSWERED, actor, timezone.now()
    for name, text in texts.items():
        setattr(request, name, text)
    # A correction joins in its turn.
    request.joined_at = None
    request.save(update_fields=["state", "answered_by", "answered_at", *texts, "joined_at"])


def _join_if_room(request: CalibrationRequest) -> None:
    """A dossier that is full does not send the answer back: its page keeps it, and offers to take it later."""
    try:
        with transaction.atomic():
            _join(request, request.requester)
    except Refused:
        request.refresh_from_db(fields=["item", "joined_at"])


@transaction.atomic
def join_answer(*, actor, request: CalibrationRequest) -> None:
    """Puts the answer in the dossier; one that is there already stays as it is."""
    permissions.require(permissions.can_join_answer(actor, request))
    locked = lock_request(request)
    if locked.joined_at is None:
        _join(locked, actor)


def _join(request: CalibrationRequest, actor) -> None:
    """A wording becomes an own article with the figures in its notes; without one, or once the team has its article,
    the figures are a note: nobody's text is written over.
    """
    token = uuid5(NAMESPACE_URL, f"calibration/{request.pk}/{request.answered_at}")
    told = summary_of(request)
    if request.wording and request.item_id is None:
        words = Words(
            title=_("Heures d’insertion calibrées"),
            text=request.wording,
            document=ContractDocument.CCAP,
            kind=ClauseKind.INSERTION,
            pillar=Pillar.SOCIAL,
            notes=told[:MAX_ITEM_NOTES],
        )
        request.item = write_article(dossier=request.dossier, actor=actor, words=words, client_token=token)
    else:
        add_note(dossier=request.dossier, actor=actor, text=told[:MAX_DOSSIER_NOTE], client_token=token)
    request.joined_at = timezone.now()
    request.save(update_fields=["item", "joined_at"])


def summary_of(request: CalibrationRequest) -> str:
    """The answer in plain words, for the notes of the dossier."""
    lots = CalibrationLot.objects.filter(request=request)
    lines = [_("Calibrage de %(name)s") % {"name": request.answered_by or ""}]
    lines += [f"{lot.name} : {number(lot.planned_hours or 0)} h" for lot in lots]
    if request.publics:
        lines.append(_("Publics : %(publics)s") % {"publics": request.publics})
    if request.answer_note:
        lines.append(request.answer_note)
    return "\n".join(lines)


@transaction.atomic
def decline_calibration(*, actor, request: CalibrationRequest, note: str = "") -> None:
    """The requester is told, and asks somebody else."""
    permissions.require(permissions.can_answer_calibration(actor, request))
    locked = lock_request(request)
    if locked.state != State.SENT:
        raise Refused(_("Cette demande a déjà reçu sa réponse."))
    locked.state, locked.answered_by, locked.answered_at = State.DECLINED, actor, timezone.now()
    locked.answer_note = note.strip()
    locked.save(update_fields=["state", "answered_by", "answered_at", "answer_note"])
    emit(CalibrationStateChanged(request_id=locked.pk, change="declined", by_id=actor.pk))
