"""The whole table, rule by rule, in the order they are read in."""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils import timezone

from .case import Case
from .findings import Finding
from .purchase import Purchase
from .rules import buildings, environment, food, goods, procedure, social
from .sources import Law, read_law

Rule = Callable[[Case], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    environment.environmental_condition,
    environment.environmental_criterion,
    social.social_condition,
    food.egalim_quality,
    food.egalim_meat,
    food.plastic_containers,
    goods.reused_goods,
    goods.vehicles,
    goods.digital,
    buildings.environmental_rules,
    buildings.renewable_energy,
    environment.concession_report,
    environment.specifications,
    procedure.publicity,
    procedure.online_documents,
    procedure.european_procedure,
    procedure.essential_data,
    procedure.turnover,
    procedure.spaser,
    procedure.optional_exclusions,
    environment.postponement,
)


def check(purchase: Purchase, *, law: Law | None = None, today: date | None = None) -> list[Finding]:
    """One query, unless `law` was read already; `today` is the day of Paris."""
    case = Case(purchase=purchase, law=law or read_law(), today=today or timezone.localdate())
    return [finding for rule in RULES for finding in rule(case)]
