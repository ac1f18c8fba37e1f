from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clauses.dossiers.querysets import BelongsToDossierQuerySet
from clauses.dossiers.vocabularies import MAX_LINE, MAX_NOTE, MAX_SHEET, MAX_TITLE


class SourcingSheet(models.Model):
    """What is asked of companies before the consultation; never in an exported contract, never shown to a reviewer.

    `questions` and `links`: one a line.
    """

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="sourcing")
    questions = models.TextField(_("questions aux entreprises"), max_length=MAX_SHEET, blank=True)
    links = models.TextField(_("liens utiles"), max_length=MAX_SHEET, blank=True)
    findings = models.TextField(_("ce que le sourcing a appris"), max_length=MAX_SHEET, blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(auto_now=True)

    objects = BelongsToDossierQuerySet.as_manager()

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("fiche de sourcing")

    def __str__(self) -> str:
        return f"sourcing {self.dossier_id}"

    @property
    def asked(self) -> list[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]


class CompanyMet(models.Model):
    """A company and what it said; the equal treatment of candidates asks that every meeting be kept."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="companies")
    name = models.CharField(_("entreprise"), max_length=MAX_TITLE)
    met_on = models.DateField(_("rencontrée le"), null=True, blank=True)
    contact = models.CharField(_("qui"), max_length=MAX_LINE, blank=True)
    notes = models.TextField(_("ce qu’elle a dit"), max_length=MAX_NOTE, blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(auto_now=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    objects = BelongsToDossierQuerySet.as_manager()

    # A private thing must not surface in the usage reports of /cms/.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["met_on", "pk"]
        verbose_name = _("entreprise rencontrée")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "client_token"],
                condition=models.Q(client_token__isnull=False),
                name="dossier_company_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
