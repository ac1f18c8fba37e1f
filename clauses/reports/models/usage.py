"""What happened to those who used a clause."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clauses.reports.querysets import UsageAskQuerySet, UsageReportQuerySet
from clauses.reports.vocabularies import MAX_BIDS, MAX_NOTE, Difficulty, Outcome
from community.core.models.loaded import LoadedModel


class UsageReport(LoadedModel):
    """« Je l’ai utilisée dans un marché »: one a contract. Figures are shown from three reports on, names never."""

    clause = models.ForeignKey("library.Clause", models.CASCADE, related_name="usage_reports")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="usage_reports")
    version = models.PositiveIntegerField()
    adapted = models.BooleanField(_("rédaction adaptée"), null=True, blank=True)
    bids = models.PositiveSmallIntegerField(_("offres reçues"), null=True, blank=True)
    outcome = models.CharField(_("suite"), max_length=10, choices=Outcome, default=Outcome.UNKNOWN)
    would_reuse = models.BooleanField(_("à reprendre"), null=True, blank=True)
    difficulty = models.CharField(_("principale difficulté"), max_length=8, choices=Difficulty, blank=True)
    note = models.CharField(_("ce qu’il faut savoir"), max_length=MAX_NOTE, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)
    client_token = models.UUIDField(null=True, blank=True, editable=False)

    objects = UsageReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("retour d’usage")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "client_token"], condition=Q(client_token__isnull=False), name="usage_sent_once"
            ),
            models.CheckConstraint(condition=Q(bids=None) | Q(bids__lte=MAX_BIDS), name="usage_bids_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} par {self.member_id}"


class UsageAsk(models.Model):
    """« L’avez-vous utilisée dans un marché ? », asked once of who took a version away, some months later.

    It is settled by a report on the clause or by `declined_at`, and is then asked no more, of any version.
    """

    clause = models.ForeignKey("library.Clause", models.CASCADE, related_name="usage_asks")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="usage_asks")
    version = models.PositiveIntegerField()
    asked_at = models.DateTimeField(auto_now_add=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    objects = UsageAskQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de retour d’usage")
        constraints = [models.UniqueConstraint(fields=["member", "clause", "version"], name="usage_asked_once")]

    def __str__(self) -> str:
        return f"{self.clause_id} v{self.version} à {self.member_id}"
