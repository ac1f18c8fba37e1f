"""The words that contents are filed under."""

from dataclasses import dataclass

from .bus import Event


@dataclass(frozen=True, kw_only=True)
class TagsMerged(Event):
    """`tag_id` is from now on a synonym of `into_id`, which took its contents over."""

    tag_id: int
    into_id: int
    by_id: int
