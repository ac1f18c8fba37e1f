"""What the checker answers, rule by rule."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from community.taxonomy.models import Pillar

from .sources import Fact
from .words import euros


class Status(StrEnum):
    """`CONDITIONAL`: turns on something that is not asked, which `why` says."""

    APPLIES = "applies"
    TO_CHECK = "to_check"
    CONDITIONAL = "conditional"
    NOT_YET = "not_yet"
    NOT_APPLICABLE = "not_applicable"


class Want(StrEnum):
    """What the contract must then contain."""

    CONDITION = "condition"
    CRITERION = "criterion"
    SOCIAL_CONDITION = "social_condition"


@dataclass(frozen=True, slots=True)
class ThresholdNote:
    """The threshold of a rule: an amount with its last day, or a sentence (« Aucun »). `lowest`: the first of those
    that are possible, when an answer is missing.
    """

    text: str = ""
    amount: Decimal | None = None
    lowest: Decimal | None = None
    until: date | None = None
    is_latest_known: bool = False

    def __str__(self) -> str:
        if self.text or self.amount is None:
            return self.text
        if self.lowest is None or self.lowest == self.amount:
            return euros(self.amount)
        return _("de %(lowest)s à %(highest)s") % {"lowest": euros(self.lowest), "highest": euros(self.amount)}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule, read for one purchase.

    `line` is the line of the calendar the date comes from, when there is one; `source`, `verified_on` and
    `is_verified` are of the statement as a whole, each article and text having its own. `missing` names the answers
    that would settle it. `is_near` is False for what no one would expect to apply.
    """

    key: str
    title: str
    why: str
    status: Status
    articles: tuple[Fact, ...] = ()
    texts: tuple[Fact, ...] = ()
    line: Fact | None = None
    threshold: ThresholdNote = ThresholdNote()
    since: date | None = None
    since_year_only: bool = False
    until: date | None = None
    source: str = ""
    verified_on: date | None = None
    is_verified: bool = True
    pillar: str = Pillar.ENVIRONMENT
    wants: Want | None = None
    families: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_near: bool = True

    @property
    def applies(self) -> bool:
        return self.status == Status.APPLIES

    @property
    def is_open(self) -> bool:
        """Still to be settled before anyone signs."""
        return self.status == Status.TO_CHECK
