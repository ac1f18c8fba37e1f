"""Contents of any kind."""

from dataclasses import dataclass

from .bus import Event


@dataclass(frozen=True, kw_only=True)
class ContentFlagged(Event):
    flag_id: int


@dataclass(frozen=True, kw_only=True)
class ContentsImported(Event):
    """A batch came from elsewhere by a bulk door: nobody is notified of it."""

    kind: str
    ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ContentReviewed(Event):
    """A content queued by a move of the law was read again; `outcome`: still_right, updated, obsolete."""

    kind: str
    object_id: int
    cause_kind: str
    cause_id: int
    outcome: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class PagesChanged(Event):
    """Editorial pages came out, left, moved, or are read by others than before."""

    page_ids: tuple[int, ...]
