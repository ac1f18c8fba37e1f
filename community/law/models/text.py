from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.law.querysets import DatedQuerySet

from .sourced import Dated, Sourced


class Nature(models.TextChoices):
    CODE = "code", _("Code")
    LAW = "law", _("Loi")
    ORDINANCE = "ordinance", _("Ordonnance")
    DECREE = "decree", _("Décret")
    ORDER = "order", _("Arrêté")
    EU_REGULATION = "eu_regulation", _("Règlement européen")
    DIRECTIVE = "directive", _("Directive européenne")
    CASE_LAW = "case_law", _("Jurisprudence")
    GUIDE = "guide", _("Guide ou fiche")


class LegalText(Dated, Sourced):
    """A text with its dates. `aliases` are the names under which people cite it, for the recogniser."""

    slug = models.SlugField(max_length=80, unique=True)
    nature = models.CharField(_("nature"), max_length=14, choices=Nature)
    number = models.CharField(_("numéro"), max_length=40, blank=True, help_text=_("Par exemple 2024-134."))
    short_title = models.CharField(_("nom court"), max_length=120)
    title = models.CharField(_("intitulé"), max_length=300)
    aliases = models.JSONField(_("autres noms"), default=list, blank=True)
    scope = models.CharField(_("champ"), max_length=300, blank=True)
    note = models.CharField(_("précision"), max_length=600, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("remplacé par")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["short_title", "pk"]
        verbose_name = _("texte")
        verbose_name_plural = _("textes")
        constraints = [
            models.UniqueConstraint(
                fields=["nature", "number"], condition=~Q(number=""), name="legal_text_number_once"
            ),
            models.CheckConstraint(
                condition=Q(repealed_on=None) | Q(in_force_from=None) | Q(repealed_on__gte=F("in_force_from")),
                name="legal_text_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("pk")), name="legal_text_not_by_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.short_title

    def get_absolute_url(self) -> str:
        return reverse("legal_text", args=[self.slug])
