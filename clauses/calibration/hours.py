"""How many hours of insertion a contract can bear: the formula of the trade (DOMAIN.md §2.7), to be checked.

hours = amount before tax × share of labour × share of it for insertion ÷ loaded cost of an hour

Known by profession, not read again in a text: the result is an order of magnitude, « à valider avec le facilitateur ».
The hours of the training clause are those of a State guide for digital purchases, by amount before tax.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MAX_AMOUNT = Decimal("99999999999.99")


@dataclass(frozen=True)
class Bounds:
    """`least` … `most` is what can be typed; `low` … `high`, what is usual, if anything is. Both ends included."""

    least: Decimal
    most: Decimal
    low: Decimal | None = None
    high: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        return self.least <= value <= self.most

    def is_usual(self, value: Decimal) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


# Under a euro there is no contract; above, the field of the site holds no more.
AMOUNT = Bounds(Decimal(1), MAX_AMOUNT)
# A share of the amount: nothing usual, from supplies with almost none to cleaning with almost all.
LABOUR = Bounds(Decimal(1), Decimal(100))
# Beyond half of the labour, what is wanted is a reserved contract rather than a clause.
RATE = Bounds(Decimal(1), Decimal(50), Decimal(5), Decimal(10))
# Under fifteen euros an hour is not paid with its charges; above eighty, it is a price rather than a cost.
HOURLY = Bounds(Decimal(15), Decimal(80), Decimal(25), Decimal(35))
# The longest contract of the checker.
MONTHS = Bounds(Decimal(1), Decimal(600))

EXAMPLE = {"montant": "800000", "part": "40", "taux": "5", "cout": "30"}
# Less than a week's work leaves no room for a path towards employment.
SHORT = 35
_TRAINING = ((Decimal(100_000), 150), (Decimal(200_000), 300), (Decimal(400_000), 450))
_TRAINING_ABOVE = 900


class OutOfBounds(ValueError):
    """`name` is the input that cannot be."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Shares in percent, amounts in euros before tax."""

    amount: Decimal
    labour: Decimal
    rate: Decimal
    hourly: Decimal
    months: int | None = None

    def __post_init__(self):
        for name, bounds in (("amount", AMOUNT), ("labour", LABOUR), ("rate", RATE), ("hourly", HOURLY)):
            if not bounds.holds(getattr(self, name)):
                raise OutOfBounds(name)
        if self.months is not None and not MONTHS.holds(Decimal(self.months)):
            raise OutOfBounds("months")


@dataclass(frozen=True)
class Estimate:
    """`exact` is what the formula gives; `hours`, the nearest whole hour, halves up. `unusual` names the inputs outside
    what is usual.
    """

    inputs: Inputs
    exact: Decimal
    hours: int
    per_month: int | None
    unusual: tuple[str, ...]

    @property
    def is_short(self) -> bool:
        return self.hours < SHORT


def estimate(inputs: Inputs) -> Estimate:
    exact = inputs.amount * inputs.labour / 100 * inputs.rate / 100 / inputs.hourly
    hours = nearest(exact)
    usual = (("rate", RATE), ("hourly", HOURLY))
    return Estimate(
        inputs=inputs,
        exact=exact,
        hours=hours,
        per_month=nearest(exact / inputs.months) if inputs.months else None,
        unusual=tuple(name for name, bounds in usual if not bounds.is_usual(getattr(inputs, name))),
    )


def nearest(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def training_hours(amount: Decimal) -> int:
    """Hours of training of the clause for early leavers, by the amount invoiced before tax; an end belongs below."""
    return next((hours for most, hours in _TRAINING if amount <= most), _TRAINING_ABOVE)
