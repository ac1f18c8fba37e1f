from django.db import models
from django.utils.translation import gettext_lazy as _

from community.core.models.loaded import LoadedModel


class TerritoryKind(models.TextChoices):
    REGION = "region", _("Région")
    DEPARTEMENT = "departement", _("Département")


class Territory(LoadedModel):
    """A region or a département, by its INSEE code; a région's `code` is prefixed with `R`, as both series overlap."""

    code = models.CharField(max_length=5, unique=True)
    kind = models.CharField(max_length=12, choices=TerritoryKind)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["name"]
        verbose_name = _("territoire")

    def __str__(self) -> str:
        return self.name
