"""The words and the caps of calibrations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_TITLE = 160
MAX_OBJECT = 2_000
MAX_MESSAGE = 2_000
MAX_LOT = 160
MAX_LOTS = 40
MAX_PUBLICS = 1_000
MAX_WORDING = 6_000
MAX_NOTE = 2_000
MAX_HOURS = 1_000_000
MAX_ENTRIES = 2_000


class Asked(models.TextChoices):
    """Who answers: the nearest of the three that exists for the département."""

    FACILITATOR = "facilitator", _("Facilitation des clauses sociales")
    NETWORK = "network", _("Animation du réseau")
    STAFF = "staff", _("Équipe de la plateforme")


class State(models.TextChoices):
    SENT = "sent", _("En attente de réponse")
    ANSWERED = "answered", _("Calibré")
    DECLINED = "declined", _("Décliné")
    WITHDRAWN = "withdrawn", _("Retiré")
