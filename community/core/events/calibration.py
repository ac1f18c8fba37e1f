"""Hours of insertion: asked, calibrated, followed."""

from dataclasses import dataclass

from .bus import Event


@dataclass(frozen=True, kw_only=True)
class CalibrationAsked(Event):
    request_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class CalibrationAnswered(Event):
    """Answered, or put right: hours by lot, publics, a wording."""

    request_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class CalibrationStateChanged(Event):
    """The word in `change`: declined, withdrawn, awarded."""

    request_id: int
    change: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class HoursTold(Event):
    request_id: int
    lot_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class FacilitatorConfirmed(Event):
    member_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class FacilitatorUnconfirmed(Event):
    member_id: int
    by_id: int
