"""Purchases to come, kept by those who will make them."""

from dataclasses import dataclass

from .bus import Event


@dataclass(frozen=True, kw_only=True)
class PurchasePlanned(Event):
    purchase_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class PurchaseChanged(Event):
    purchase_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class PurchaseRemoved(Event):
    purchase_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class PurchaseStepDone(Event):
    """`step` is a word of the planner: source, facilitator, obligations, launch."""

    purchase_id: int
    step: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class PurchaseShared(Event):
    """A named colleague may read it, or change it, from now on."""

    purchase_id: int
    member_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class PurchaseUnshared(Event):
    purchase_id: int
    member_id: int
    by_id: int
