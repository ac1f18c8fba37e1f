"""Texts, articles, thresholds, dates."""

from dataclasses import dataclass

from .bus import Event


@dataclass(frozen=True, kw_only=True)
class LegalTextChanged(Event):
    """The word in `change`: created, edited, verified, repealed, restored. `matters` when what it says of the law
    changed, not only its sources or its wording. `change_id` is the line of its history.
    """

    text_id: int
    change: str
    change_id: int
    matters: bool
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class LegalProvisionChanged(Event):
    """As `LegalTextChanged`, of one article. A text repealed takes its articles with it in its own event."""

    provision_id: int
    text_id: int
    change: str
    change_id: int
    matters: bool
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ThresholdChanged(Event):
    threshold_id: int
    change: str
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ObligationChanged(Event):
    """A line of the legal calendar."""

    obligation_id: int
    change: str
    by_id: int | None
