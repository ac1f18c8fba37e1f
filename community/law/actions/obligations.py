from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.errors import Invalid
from community.core.events import ObligationChanged, emit

from .. import permissions
from ..models import Audience, ChangeKind, LegalProvision, LegalText, Obligation
from . import keeping


@transaction.atomic
def create_obligation(
    *,
    actor,
    obligation: Obligation,
    texts: Iterable[LegalText] = (),
    provisions: Iterable[LegalProvision] = (),
    note: str = "",
) -> Obligation:
    """`obligation` is unsaved; `texts` and `provisions` are what it rests on."""
    permissions.require_can_edit_law(actor)
    require_known_audiences(obligation)
    change = keeping.insert(obligation, actor=actor, note=note)
    obligation.texts.set(texts)
    obligation.provisions.set(provisions)
    emit(ObligationChanged(obligation_id=obligation.pk, change=change.change, by_id=actor.pk))
    return obligation


@transaction.atomic
def edit_obligation(
    *,
    actor,
    obligation: Obligation,
    texts: Iterable[LegalText],
    provisions: Iterable[LegalProvision],
    note: str = "",
    seen: int | None = None,
) -> Obligation:
    permissions.require_can_edit_law(actor)
    require_known_audiences(obligation)
    before = grounds(obligation)
    change = keeping.update(obligation, actor=actor, note=note, seen=seen)
    obligation.texts.set(texts)
    obligation.provisions.set(provisions)
    after = grounds(obligation)
    if change is None and before != after:
        # Its grounds only: this too is a line of its history, and takes it out of the hands of the loader.
        change = keeping.record(obligation, ChangeKind.EDITED, actor=actor, before=before, after=after, note=note)
    if change is not None:
        emit(ObligationChanged(obligation_id=obligation.pk, change=change.change, by_id=actor.pk))
    return obligation


def grounds(obligation: Obligation) -> dict[str, list[int]]:
    return {
        "texts": sorted(obligation.texts.values_list("pk", flat=True)),
        "provisions": sorted(obligation.provisions.values_list("pk", flat=True)),
    }


def require_known_audiences(obligation: Obligation) -> None:
    if not set(obligation.audiences) <= set(Audience.values):
        raise Invalid(_("Choisissez parmi les publics proposés."), field="audiences")
