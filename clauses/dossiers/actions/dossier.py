"""A dossier is opened, described, thrown away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clauses.dossiers import permissions
from clauses.dossiers.models import Dossier, Lot
from clauses.dossiers.vocabularies import MAX_DOSSIERS, MAX_LOTS, MAX_TITLE
from community.core.errors import Invalid, Refused
from community.core.events import DossierChanged, DossierCreated, DossierDeleted, emit
from community.core.ratelimits import Limit, spend
from community.notifications.actions import forget_content

from .locks import Conflict, bump, lock_dossier, require_version

CREATE = Limit("dossier-create", times=60, seconds=24 * 60 * 60, newcomer=10)
# Beyond every number that a lot may bear.
ASIDE = 1_000


@dataclass(frozen=True, kw_only=True)
class Description:
    """What is known of the procurement; only the title is required. `lots`: their titles, numbered from 1."""

    title: str
    need: str = ""
    family: Any = None
    cpv: Any = None
    territory: Any = None
    nature: str = ""
    procedure: str = ""
    buyer: str = ""
    amount: Decimal | None = None
    duration_months: int | None = None
    launch_on: date | None = None
    notified_on: date | None = None
    lots: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "lots"}


@transaction.atomic
def create_dossier(*, actor, description: Description, client_token: UUID | None = None) -> Dossier:
    """A form sent twice opens one dossier."""
    permissions.require(permissions.can_create_dossier(actor))
    if client_token and (sent := Dossier.objects.filter(owner=actor, client_token=client_token).first()):
        return sent
    spend(CREATE, actor=actor)
    if Dossier.objects.filter(owner=actor).count() >= MAX_DOSSIERS:
        raise Refused(_("Vous avez déjà %(count)d dossiers : supprimez-en un d’abord.") % {"count": MAX_DOSSIERS})
    _require_sound(description)
    try:
        with transaction.atomic():
            dossier = Dossier.objects.create(
                owner=actor, edited_by=actor, client_token=client_token, **description.fields
            )
    except IntegrityError:
        if client_token is None:
            raise
        # The same form arrived twice at once.
        return Dossier.objects.get(owner=actor, client_token=client_token)
    set_lots(dossier, description.lots)
    emit(DossierCreated(dossier_id=dossier.pk, by_id=actor.pk))
    return dossier


@transaction.atomic
def edit_dossier(*, dossier: Dossier, actor, description: Description, expected: int | None) -> Dossier:
    """`expected`: the version that the form started from."""
    permissions.require(permissions.can_edit_dossier(actor, dossier))
    row = lock_dossier(dossier.pk)
    require_version(row, expected)
    _require_sound(description)
    set_lots(row, description.lots)
    bump(row, actor=actor, **description.fields)
    emit(DossierChanged(dossier_id=row.pk, by_id=actor.pk))
    return row


def _require_sound(description: Description) -> None:
    if not description.title.strip():
        raise Invalid(_("Donnez un nom au dossier."), field="title")
    if description.launch_on and description.notified_on and description.launch_on > description.notified_on:
        raise Invalid(_("La notification vient après la publication."), field="notified_on")
    if len(description.lots) > MAX_LOTS:
        raise Invalid(_("Un dossier compte au plus %(count)d lots.") % {"count": MAX_LOTS}, field="lots")
    if any(len(title) > MAX_TITLE for title in description.lots):
        raise Invalid(_("Un intitulé de lot est trop long."), field="lots")


def set_lots(dossier: Dossier, titles: Iterable[str]) -> None:
    """A lot follows its title, hence what was written for it; those that go leave their items to all."""
    titles = list(titles)
    known = list(dossier.lots.order_by("number"))
    kept = match_lots(known, titles)
    dossier.lots.exclude(pk__in=[lot.pk for lot in kept.values()]).delete()
    moved = [lot.pk for number, lot in kept.items() if lot.number != number]
    # A number belongs to one lot at every moment: those that change step aside, then take their place.
    dossier.lots.filter(pk__in=moved).update(number=F("number") + ASIDE)
    for number, title in enumerate(titles, start=1):
        lot = kept.get(number)
        if lot is None:
            Lot.objects.create(dossier=dossier, number=number, title=title)
        elif (lot.number, lot.title) != (number, title):
            Lot.objects.filter(pk=lot.pk).update(number=number, title=title)


def match_lots(known: list[Lot], titles: list[str]) -> dict[int, Lot]:
    """By new number, the lot that each line is: an unchanged title is that lot wherever it stands (of two alike, the
    one that did not move); a line that nothing else claims is the renamed lot of the same number.
    """
    free = {lot.number: lot for lot in known}
    lines, kept = dict(enumerate(titles, start=1)), {}

    def claim(number: int, lot: Lot | None) -> None:
        if lot is not None and number not in kept:
            kept[number] = free.pop(lot.number)

    for number, title in lines.items():
        claim(number, free[number] if number in free and free[number].title == title else None)
    for number, title in lines.items():
        claim(number, next((lot for lot in free.values() if lot.title == title), None))
    for number in lines:
        claim(number, free.get(number))
    return kept


@transaction.atomic
def delete_dossier(*, dossier: Dossier, actor) -> None:
    """With all it holds: texts, sourcing, reviews and their links."""
    permissions.require(permissions.can_own_dossier(actor, dossier))
    pk = dossier.pk
    forget_content(kind="dossier", pk=pk)
    Dossier.objects.filter(pk=pk).delete()
    emit(DossierDeleted(dossier_id=pk, by_id=actor.pk))


__all__ = ["Conflict", "Description", "create_dossier", "delete_dossier", "edit_dossier", "set_lots"]
