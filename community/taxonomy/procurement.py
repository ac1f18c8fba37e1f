"""Words of procurement that several rooms file their contents under."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AmountBracket(models.TextChoices):
    """Brackets between the thresholds of 2026 (DOMAIN.md §3), excluding tax."""

    UNDER_60K = "under_60k", _("Moins de 60 000 €")
    UNDER_140K = "under_140k", _("De 60 000 à 140 000 €")
    UNDER_216K = "under_216k", _("De 140 000 à 216 000 €")
    UNDER_1M = "under_1m", _("De 216 000 € à 1 M€")
    UNDER_5404K = "under_5404k", _("De 1 M€ à 5 404 000 €")
    OVER_5404K = "over_5404k", _("Plus de 5 404 000 €")

    @classmethod
    def of(cls, amount: int) -> "AmountBracket":
        """The bracket of an amount in euros; a threshold itself begins the next one."""
        return next((cls(name) for name, most in _ENDS.items() if amount < most), cls.OVER_5404K)


_ENDS = {"under_60k": 60_000, "under_140k": 140_000, "under_216k": 216_000, "under_1m": 1_000_000,
         "under_5404k": 5_404_000}  # fmt: skip


class Procedure(models.TextChoices):
    """The procedures of the DECP vocabulary (DOMAIN.md §2.2)."""

    ADAPTED = "adapted", _("Procédure adaptée")
    OPEN_CALL = "open_call", _("Appel d’offres ouvert")
    RESTRICTED_CALL = "restricted_call", _("Appel d’offres restreint")
    NEGOTIATED = "negotiated", _("Procédure avec négociation")
    DIRECT = "direct", _("Sans publicité ni mise en concurrence")
    DIALOGUE = "dialogue", _("Dialogue compétitif")
    CONCESSION = "concession", _("Concession")
