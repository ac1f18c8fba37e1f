from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from community.core.models.loaded import LoadedModel
from community.members.querysets import OrganisationQuerySet
from community.taxonomy.text import fold


class OrganisationKind(models.TextChoices):
    STATE = "state", _("État et ses établissements")
    LOCAL = "local", _("Collectivité territoriale ou groupement")
    HOSPITAL = "hospital", _("Hôpital public")
    HOUSING = "housing", _("Bailleur social")
    UNIVERSITY = "university", _("Université ou organisme de recherche")
    ESPIC = "espic", _("ESPIC ou établissement médico-social")
    NETWORK = "network", _("Réseau ou association d’acheteurs publics")
    SUPPORT = "support", _("Structure d’accompagnement (facilitation, formation, chambre consulaire)")
    PRIVATE = "private", _("Acheteur privé")
    OTHER = "other", _("Autre")


# Buyers of private law enter private spaces by invitation only, like partners.
INVITED_ONLY_KINDS = {OrganisationKind.PRIVATE}


class Organisation(LoadedModel):
    """Where members work. Known once an animator has confirmed it; one proposed at sign-up is not."""

    name = models.CharField(_("nom"), max_length=160)
    folded = models.CharField(max_length=320, editable=False, db_index=True)
    kind = models.CharField(_("nature"), max_length=12, choices=OrganisationKind)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    territory = models.ForeignKey("members.Territory", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        constraints = [
            models.UniqueConstraint(fields=["siret"], condition=~Q(siret=""), name="organisation_siret_once"),
            models.UniqueConstraint(
                Lower("name"), "territory", condition=Q(confirmed_at__isnull=False), name="organisation_known_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.folded = fold(self.name)
        super().save(*args, **kwargs)

    @property
    def is_known(self) -> bool:
        return self.confirmed_at is not None


class OrganisationDomain(models.Model):
    """An e-mail domain whose confirmed addresses verify their members; never one of a public mail provider."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=120, unique=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(domain=Lower("domain")), name="organisation_domain_lower")]

    def __str__(self) -> str:
        return self.domain
