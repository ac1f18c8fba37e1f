"""The words of the planner."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.taxonomy.procurement import Procedure

__all__ = ["CLOSED", "Procedure", "ShareRole", "Status", "Step"]


class Status(models.TextChoices):
    PLANNED = "planned", _("En préparation")
    LAUNCHED = "launched", _("Consultation lancée")
    AWARDED = "awarded", _("Attribué")
    DROPPED = "dropped", _("Abandonné")


# Nothing is left to be done of these.
CLOSED = frozenset({Status.AWARDED, Status.DROPPED})


class Step(models.TextChoices):
    """What is done before a contract starts, in the order in which it is done."""

    SOURCE = "source", _("Sourcer")
    FACILITATOR = "facilitator", _("Prévenir le facilitateur")
    OBLIGATIONS = "obligations", _("Vérifier les obligations")
    LAUNCH = "launch", _("Lancer la consultation")


class ShareRole(models.TextChoices):
    READER = "reader", _("Peut lire")
    EDITOR = "editor", _("Peut modifier")
