"""Where a text, an article, a threshold or a line of the calendar stands on a given day: computed, never stored."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class LawState(models.TextChoices):
    NOT_YET = "not_yet", _("Pas encore en vigueur")
    IN_FORCE = "in_force", _("En vigueur")
    REPLACED = "replaced", _("Remplacé")
    REPEALED = "repealed", _("Abrogé")


def state_on(day: date, *, starts_on: date | None, ends_before: date | None, replaced: bool = False) -> LawState:
    """`ends_before` is the first day out of force; a start that is not known counts as past."""
    if ends_before is not None and ends_before <= day:
        return LawState.REPLACED if replaced else LawState.REPEALED
    if starts_on is not None and starts_on > day:
        return LawState.NOT_YET
    return LawState.IN_FORCE
