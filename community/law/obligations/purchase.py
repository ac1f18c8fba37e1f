"""The six answers of the buyer, and the details that some families ask for. None: not answered."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.law.models import Audience

__all__ = ["Audience", "Catering", "NewBuild", "Place", "Purchase", "PurchaseNature"]


class PurchaseNature(models.TextChoices):
    SUPPLIES = "supplies", _("Fournitures")
    SERVICES = "services", _("Services")
    WORKS = "works", _("Travaux")
    CONCESSION = "concession", _("Concession")


class Place(models.TextChoices):
    MAINLAND = "mainland", _("Hexagone et Corse")
    OVERSEAS = "overseas", _("Guadeloupe, Guyane, Martinique, La Réunion, Mayotte")
    OTHER = "other", _("Autre collectivité d’outre-mer")


class NewBuild(models.TextChoices):
    NONE = "none", _("Aucune construction neuve")
    HOUSING = "housing", _("Logements")
    OFFICES = "offices", _("Bureaux")
    SCHOOL = "school", _("École, collège ou lycée")
    EXTENSION = "extension", _("Extension ou construction temporaire")
    OTHER = "other", _("Autre bâtiment")


class Catering(models.TextChoices):
    DIRECT = "direct", _("Oui, nous cuisinons nous-mêmes")
    CONTRACT = "contract", _("Oui, le titulaire prépare ou sert les repas")
    NONE = "none", _("Non : réception, aide alimentaire, revente")


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """`amount` is in euros before tax, over the whole duration, all lots. `family` is a code: « ALI-VIA ».

    `launch_date` is the day the consultation starts or its notice is sent, never that of the award.
    """

    nature: str | None = None
    amount: Decimal | None = None
    buyer: str | None = None
    place: str | None = None
    family: str | None = None
    new_build: str | None = None
    catering: str | None = None
    state_restaurant: bool | None = None
    duration_months: int | None = None
    launch_date: date | None = None

    @property
    def top_family(self) -> str | None:
        return self.family.partition("-")[0] if self.family else None

    @property
    def is_concession(self) -> bool:
        return self.nature == PurchaseNature.CONCESSION

    @property
    def is_works(self) -> bool:
        return self.nature == PurchaseNature.WORKS

    def is_in(self, *families: str) -> bool:
        """Is the family one of these, or below one of them?"""
        return self.family is not None and any(
            self.family == family or self.family.startswith(f"{family}-") for family in families
        )
