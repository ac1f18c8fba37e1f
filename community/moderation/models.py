"""What members point at, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .querysets import FlagQuerySet


class FlagReason(models.TextChoices):
    OUTDATED = "outdated", _("Contenu juridiquement périmé")
    COMMERCIAL = "commercial", _("Démarche commerciale")
    CONFIDENTIAL = "confidential", _("Information confidentielle sur un marché ou une personne")
    CHARTER = "charter", _("Propos contraires à la charte")


class Flag(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    space_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=20, choices=FlagReason)
    detail = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decision = models.ForeignKey("Decision", models.SET_NULL, null=True, blank=True, related_name="flags")

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "object_id"], condition=Q(decision=None), name="flag_open_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="flag_target")]

    def __str__(self) -> str:
        return f"{self.reason} {self.kind}:{self.object_id}"


class Outcome(models.TextChoices):
    KEPT = "kept", _("Maintenu")
    HIDDEN = "hidden", _("Masqué")


class Decision(models.Model):
    """A moderator's answer to the flags of one content; the reason is shown to its author."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    space_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.kind}:{self.object_id}"
