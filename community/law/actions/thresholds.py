from django.db import transaction
from django.utils.translation import gettext as _

from community.core.errors import Invalid
from community.core.events import ThresholdChanged, emit

from .. import permissions
from ..models import Threshold
from . import keeping


@transaction.atomic
def create_threshold(*, actor, threshold: Threshold, note: str = "") -> Threshold:
    """`threshold` is unsaved. Raises Invalid when its period meets another one of the same key."""
    permissions.require_can_edit_law(actor)
    require_free_period(threshold)
    change = keeping.insert(threshold, actor=actor, note=note)
    emit(ThresholdChanged(threshold_id=threshold.pk, change=change.change, by_id=actor.pk))
    return threshold


@transaction.atomic
def edit_threshold(*, actor, threshold: Threshold, note: str = "", seen: int | None = None) -> Threshold:
    permissions.require_can_edit_law(actor)
    require_free_period(threshold)
    change = keeping.update(threshold, actor=actor, note=note, seen=seen)
    if change is not None:
        emit(ThresholdChanged(threshold_id=threshold.pk, change=change.change, by_id=actor.pk))
    return threshold


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
