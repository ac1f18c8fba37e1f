from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.law.keys import MAX_KEY
from community.law.querysets import DatedQuerySet

from .sourced import Dated, Sourced


class LegalProvision(Dated, Sourced):
    """An article of a text, summed up in our words. `key` is « L2112-2 », `label` « L. 2112-2 »."""

    text = models.ForeignKey("law.LegalText", models.CASCADE, related_name="provisions", verbose_name=_("texte"))
    key = models.CharField(max_length=MAX_KEY)
    label = models.CharField(_("article"), max_length=60)
    title = models.CharField(_("objet"), max_length=200)
    summary = models.CharField(_("en nos mots"), max_length=1200, blank=True)
    changed = models.CharField(_("ce qui a changé"), max_length=1200, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("remplacé par")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["text", "key"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(fields=["text", "key"], name="legal_provision_once"),
            models.CheckConstraint(
                condition=Q(repealed_on=None) | Q(in_force_from=None) | Q(repealed_on__gte=F("in_force_from")),
                name="legal_provision_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("pk")), name="legal_provision_not_by_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.text.short_title})"

    @property
    def anchor(self) -> str:
        return f"article-{self.key.lower()}"

    def get_absolute_url(self) -> str:
        return f"{reverse('legal_text', args=[self.text.slug])}#{self.anchor}"
