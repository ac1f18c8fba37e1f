from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..models import Audience, Threshold
from .lawbook import Ground


class PurchaseNature(models.TextChoices):
    SUPPLIES = "supplies", _("Fournitures")
    SERVICES = "services", _("Services")
    WORKS = "works", _("Travaux")
    CONCESSION = "concession", _("Concession")


class BuildingUse(models.TextChoices):
    HOUSING = "housing", _("Logements")
    OFFICES = "offices", _("Bureaux")
    SCHOOL = "school", _("École, collège ou lycée")
    EXTENSION = "extension", _("Extension ou construction temporaire")
    OTHER = "other", _("Autre usage")


class Catering(models.TextChoices):
    DIRECT = "direct", _("Restauration collective en gestion directe")
    SERVICE = "service", _("Restauration collective confiée à un prestataire")
    NONE = "none", _("Pas de restauration collective")


class Status(models.TextChoices):
    APPLIES = "applies", _("S’applique")
    TO_CHECK = "to_check", _("À vérifier")
    CONDITIONAL = "conditional", _("Sous condition")
    NOT_YET = "not_yet", _("Pas encore")
    NOT_APPLICABLE = "not_applicable", _("Ne s’applique pas")


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """`amount` is before tax, over the whole duration, all lots and renewals; `buyer` is an `Audience`; `family` a
    purchase family's code (« ALI », « BAT-NEU ») or nothing. What was not asked stays empty, and is not guessed.
    """

    nature: str
    amount: Decimal
    buyer: str
    launch: date
    family: str = ""
    overseas: bool = False
    duration_months: int | None = None
    new_build: bool | None = None
    building_use: str = ""
    catering: str = ""
    state_restaurant: bool | None = None
    renewable_energy: bool | None = None

    def __post_init__(self):
        if self.nature not in PurchaseNature.values or self.buyer not in Audience.values:
            raise ValueError("unknown nature or buyer")

    @property
    def top_family(self) -> str:
        return self.family.partition("-")[0]

    @property
    def is_goods_or_services(self) -> bool:
        return self.nature in (PurchaseNature.SUPPLIES, PurchaseNature.SERVICES)

    @property
    def is_concession(self) -> bool:
        return self.nature == PurchaseNature.CONCESSION


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of the answer. `wants`: the kind of clause that satisfies it, « condition » or « criterion »; `pillar`:
    « env », « social », « eco » or nothing. `since`: the day from which it is asked.
    """

    key: str
    title: str
    why: str
    status: Status
    grounds: tuple[Ground, ...] = ()
    threshold: Threshold | None = None
    threshold_words: str = ""
    since: date | None = None
    source: str = ""
    verified_on: date | None = None
    pillar: str = ""
    wants: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One amount among the thresholds: « crossed », « current » (the purchase's own) or « ahead »."""

    amount: Decimal
    label: str
    place: str
