"""The controlled lists of a dossier, and the caps of its texts (characters) and lists (rows)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clauses.library.vocabularies import ContractDocument
from community.taxonomy.procurement import Procedure

__all__ = ["Procedure"]

# The order in which a contract is read.
DOCUMENT_ORDER = (
    ContractDocument.NOTICE,
    ContractDocument.RC,
    ContractDocument.AE,
    ContractDocument.CCAP,
    ContractDocument.CCTP,
    ContractDocument.ANNEX,
)

MAX_TITLE = 160
MAX_NEED = 2_000
MAX_TEXT = 20_000
MAX_NOTES = 4_000
MAX_NOTE = 2_000
MAX_LINE = 300
MAX_VALUE = 200
MAX_LABEL = 120
MAX_NAME = 120
MAX_EMAIL = 254
MAX_MESSAGE = 1_000
MAX_SHEET = 10_000
MAX_DOSSIERS = 300
MAX_ITEMS = 200
# With what was taken out, which is kept: a dossier does not grow without end by taking out and adding.
MAX_ROWS = 5 * MAX_ITEMS
MAX_LOTS = 40
MAX_MEMBERS = 40
MAX_KEPT_NOTES = 200
MAX_COMPANIES = 100
MAX_LINKS = 20
MAX_REMARKS = 2_000


class DossierRole(models.TextChoices):
    READER = "reader", _("Peut lire")
    EDITOR = "editor", _("Peut modifier")


class ReviewRole(models.TextChoices):
    PRESCRIBER = "prescriber", _("Prescriptrice, prescripteur")
    TECHNICIAN = "technician", _("Technicienne, technicien")
    JURIST = "jurist", _("Juriste")


# Beside a name, whoever bears it.
ROLE_WORDS = {
    ReviewRole.PRESCRIBER: _("service prescripteur"),
    ReviewRole.TECHNICIAN: _("service technique"),
    ReviewRole.JURIST: _("juriste"),
}
ROLE_ICONS = {
    ReviewRole.PRESCRIBER: "users",
    ReviewRole.TECHNICIAN: "eye",
    ReviewRole.JURIST: "scale",
}


class Decision(models.TextChoices):
    ACCEPT = "accept", _("Accepter")
    CHANGE = "change", _("Faire modifier")
    COMMENT = "comment", _("Commenter")


class Conclusion(models.TextChoices):
    FAVOURABLE = "favourable", _("Favorable")
    RESERVED = "reserved", _("Favorable avec réserves")
    UNFAVOURABLE = "unfavourable", _("Défavorable")


class Handling(models.TextChoices):
    """What the team did of a remark."""

    TAKEN = "taken", _("Proposition reprise")
    DISMISSED = "dismissed", _("Écartée")
