from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.errors import Invalid
from community.core.events import ThresholdChanged, emit

from .. import permissions
from ..models import ChangeKind, LegalProvision, Threshold
from . import keeping
from .provisions import tell

MATTERS = {"amount", "applies_from", "applies_until"}


@transaction.atomic
def create_threshold(
    *, actor, threshold: Threshold, provisions: Iterable[LegalProvision] = (), note: str = ""
) -> Threshold:
    """`threshold` is unsaved. Raises Invalid when its period meets another one of the same key."""
    permissions.require_can_edit_law(actor)
    require_free_period(threshold)
    # The amount of a known threshold mostly changes this way: by its next period.
    is_next_period = Threshold.objects.filter(key=threshold.key).exists()
    change = keeping.insert(threshold, actor=actor, note=note)
    threshold.provisions.set(provisions)
    emit(ThresholdChanged(threshold_id=threshold.pk, change=change.change, by_id=actor.pk))
    if is_next_period:
        tell_provisions(threshold, _("Nouvelle période d’un seuil : %(name)s."), actor=actor, note=note)
    return threshold


@transaction.atomic
def edit_threshold(
    *,
    actor,
    threshold: Threshold,
    provisions: Iterable[LegalProvision],
    note: str = "",
    seen: int | None = None,
) -> Threshold:
    permissions.require_can_edit_law(actor)
    require_free_period(threshold)
    before = grounds(threshold)
    change = keeping.update(threshold, actor=actor, note=note, seen=seen)
    matters = change is not None and not MATTERS.isdisjoint(change.after)
    threshold.provisions.set(provisions)
    after = grounds(threshold)
    if change is None and before != after:
        # Its articles only: as for a line of the calendar, this too is a line of its history.
        change = keeping.record(threshold, ChangeKind.EDITED, actor=actor, before=before, after=after, note=note)
    if change is not None:
        emit(ThresholdChanged(threshold_id=threshold.pk, change=change.change, by_id=actor.pk))
    if matters:
        tell_provisions(threshold, _("Seuil modifié : %(name)s."), actor=actor, note=note)
    return threshold


def grounds(threshold: Threshold) -> dict[str, list[int]]:
    return {"provisions": sorted(threshold.provisions.values_list("pk", flat=True))}


def tell_provisions(threshold: Threshold, what: str, *, actor, note: str) -> None:
    """What cites an article that fixes the amount, or depends on it, says it too: each article is told as changed, with
    a line of its history that has no field and whose note says why.
    """
    words = f"{what % {'name': threshold}} {note}"
    for provision in threshold.provisions.all():
        change = keeping.record(provision, ChangeKind.EDITED, actor=actor, before={}, after={}, note=words)
        tell(provision, change, matters=True)


def require_free_period(threshold: Threshold) -> None:
    """On one day, one amount. The rows of the key are locked, so that two jurists at once do not both pass."""
    if threshold.applies_from is None:
        raise Invalid(_("Écrivez le jour à partir duquel ce montant s’applique."), field="applies_from")
    if threshold.applies_until is not None and threshold.applies_until < threshold.applies_from:
        raise Invalid(_("La période finit avant de commencer : corrigez ses dates."), field="applies_until")
    of_key = list(Threshold.objects.select_for_update().filter(key=threshold.key).values_list("pk", flat=True))
    others = Threshold.objects.filter(pk__in=of_key).exclude(pk=threshold.pk)
    if other := others.overlapping(threshold.applies_from, threshold.applies_until).first():
        raise Invalid(
            _("Cette période recouvre celle qui commence le %(day)s : finissez l’une avant de commencer l’autre.")
            % {"day": other.applies_from.strftime("%d/%m/%Y")},
            field="applies_from",
        )
