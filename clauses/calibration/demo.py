"""Two facilitators confirmed; a request that waits, one answered, one whose hours are followed. Written as rows."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from clauses.calibration.models import CalibrationLot, CalibrationRequest, ConfirmedFacilitator, HoursEntry
from clauses.calibration.vocabularies import Asked, State
from community.core.demo import Demo
from community.core.ui import typography
from community.taxonomy.procurement import AmountBracket

FACILITATORS = ("rosalie", "driss")
NETWORK = "deux-rives"


def load_calibrations(demo: Demo) -> None:
    for name in FACILITATORS:
        member = demo.members.get(name)
        if member is not None and member.territory_id is not None:
            ConfirmedFacilitator.objects.get_or_create(
                member=member, defaults={"territory": member.territory, "confirmed_by": demo.members.get("admin")}
            )
    load_waiting(demo)
    load_answered(demo)
    load_followed(demo)


def load_waiting(demo: Demo) -> None:
    """School meals, asked of the network of the Deux-Rives."""
    message = "Deux lots, une cuisine centrale sur place. Combien d’heures, et pour quels publics ?"
    request = request_of(demo, "dossier:restauration", days=9, message=message)
    if request is not None:
        lots_of(request, [("Lot 1, repas livrés", 1_250_000, None), ("Lot 2, épicerie", 550_000, None)])


def load_answered(demo: Demo) -> None:
    """Works, calibrated by an animator of the network before the notice is sent."""
    message = "Vingt-deux mois de chantier, en site occupé. Les menuiseries sont peu intensives en main-d’œuvre."
    request = request_of(demo, "dossier:saules", days=40, message=message)
    if request is None:
        return
    facades, windows = ("Lot 1, façades", 3_100_000, 1_850), ("Lot 2, menuiseries", 1_500_000, 420)
    lots_of(request, [facades, windows, ("Lot 3, chauffage et ventilation", 1_300_000, 600)])
    publics = "Demandeurs d’emploi de longue durée, jeunes suivis par la mission locale."
    note = "Un parcours par lot, avec un tuteur nommé dès la préparation du chantier."
    answer(demo, request, by="viviane", days=14, publics=publics, answer_note=note)


def load_followed(demo: Demo) -> None:
    """A small contract under way, in a département without network: the staff answered."""
    request = request_of(demo, "dossier:papier", days=130, message="Préparation et livraison dans 31 collèges.")
    if request is None:
        return
    (lot,) = lots_of(request, [("Marché entier", 165_000, 140)])
    today = demo.now.date()
    answer(demo, request, by="admin", days=105, awarded_on=today - timedelta(days=25))
    HoursEntry.objects.create(lot=lot, until=today - timedelta(days=4), hours=16, by=request.requester)


def answer(demo: Demo, request: CalibrationRequest, *, by: str, days: int, **fields) -> None:
    moment = demo.now - timedelta(days=days)
    texts = {name: typography(value) if isinstance(value, str) else value for name, value in fields.items()}
    CalibrationRequest.objects.filter(pk=request.pk).update(
        state=State.ANSWERED, answered_by=demo.members[by], answered_at=moment, joined_at=moment, **texts
    )


def request_of(demo: Demo, key: str, *, days: int, message: str) -> CalibrationRequest | None:
    """Nothing when the dossier is not there, or when the request is already."""
    dossier, space = demo.contents.get(key), demo.spaces.get(NETWORK)
    if dossier is None or dossier.territory is None:
        return None
    covered = {dossier.territory_id, dossier.territory.parent_id}
    is_covered = space is not None and space.territories.filter(pk__in=covered).exists()
    request, new = CalibrationRequest.objects.get_or_create(
        dossier=dossier,
        client_token=uuid5(NAMESPACE_URL, f"entraide-demo/calibration/{key}"),
        defaults={
            "requester": dossier.owner,
            "asked": Asked.NETWORK if is_covered else Asked.STAFF,
            "space": space if is_covered else None,
            "title": dossier.title,
            "subject": dossier.need,
            "territory": dossier.territory,
            "family": dossier.family,
            "bracket": AmountBracket.of(int(dossier.amount)) if dossier.amount else "",
            "launch_on": dossier.launch_on,
            "message": typography(message),
        },
    )
    if not new:
        return None
    CalibrationRequest.objects.filter(pk=request.pk).update(created_at=demo.now - timedelta(days=days))
    demo.report.did("calibrages")
    return request


def lots_of(request: CalibrationRequest, lots: list[tuple[str, int, int | None]]) -> list[CalibrationLot]:
    return [
        CalibrationLot.objects.create(request=request, position=position, name=name, amount=amount, planned_hours=hours)
        for position, (name, amount, hours) in enumerate(lots, start=1)
    ]
