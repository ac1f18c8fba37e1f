from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.models.loaded import LoadedModel
from community.members.querysets import ExpertiseQuerySet


class ExpertiseKind(models.TextChoices):
    EXPERT = "expert", _("Expertise")
    JURIST = "jurist", _("Juriste")


class Expertise(LoadedModel):
    """Granted knowledge, of one family or of all (no family): gives endorsement, consolidation and law editing."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="expertises")
    kind = models.CharField(max_length=10, choices=ExpertiseKind)
    family = models.ForeignKey("taxonomy.PurchaseFamily", models.CASCADE, null=True, blank=True, related_name="+")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    until = models.DateField(null=True, blank=True)

    objects = ExpertiseQuerySet.as_manager()

    class Meta:
        # Two constraints, as SQLite counts two nulls as different.
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "family"], name="expertise_once"),
            models.UniqueConstraint(fields=["member", "kind"], condition=Q(family=None), name="expertise_of_all_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_kind_display()}"
