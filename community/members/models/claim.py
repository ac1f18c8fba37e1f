from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class GhostClaim(models.Model):
    """Somebody says that an imported author is them; the platform's staff decides, once."""

    ghost = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims")
    claimant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ghost_claims")
    message = models.CharField(_("ce qui montre que c’est vous"), max_length=600)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    approved = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("demande de reprise")
        constraints = [
            models.UniqueConstraint(
                fields=["ghost", "claimant"], condition=Q(decided_at=None), name="ghost_claim_pending_once"
            ),
            models.CheckConstraint(
                condition=Q(approved=False) | Q(decided_at__isnull=False), name="ghost_claim_approved_is_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} → {self.ghost}"
