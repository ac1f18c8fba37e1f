from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.law.querysets import ThresholdQuerySet

from .sourced import Sourced


class Threshold(Sourced):
    """An amount in euros before tax, over a period whose last day is included; periods of one key never overlap.

    `provisions` fix it or depend on it: what cites them is read again when the amount or the period changes.
    """

    key = models.SlugField(_("clé"), max_length=40)
    label = models.CharField(_("libellé"), max_length=160)
    amount = models.DecimalField(_("montant, en euros HT"), max_digits=14, decimal_places=2)
    applies_from = models.DateField(_("du"))
    applies_until = models.DateField(_("au"), null=True, blank=True)
    concerns = models.CharField(_("ce qu’il concerne"), max_length=300, blank=True)
    provisions = models.ManyToManyField(
        "law.LegalProvision", blank=True, related_name="thresholds", verbose_name=_("articles")
    )

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        ordering = ["key", "applies_from"]
        verbose_name = _("seuil")
        verbose_name_plural = _("seuils")
        constraints = [
            models.UniqueConstraint(fields=["key", "applies_from"], name="threshold_starts_once"),
            models.CheckConstraint(
                condition=Q(applies_until=None) | Q(applies_until__gte=F("applies_from")),
                name="threshold_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="threshold_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.applies_from.year})"

    def applies_on(self, day) -> bool:
        return self.applies_from <= day and (self.applies_until is None or self.applies_until >= day)

    @property
    def is_current(self) -> bool:
        return self.applies_on(timezone.localdate())
