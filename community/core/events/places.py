"""Spaces and who is in them."""

from dataclasses import dataclass

from .bus import Event


@dataclass(frozen=True, kw_only=True)
class MembershipGranted(Event):
    space_id: int
    member_id: int
    role: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class MembershipRevoked(Event):
    space_id: int
    member_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    space_id: int
    member_id: int
    role: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationSent(Event):
    invitation_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """Revoked by an animator (`by_id`), or declined by the person invited."""

    invitation_id: int
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class SpaceCreated(Event):
    space_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SpaceUpdated(Event):
    """Name, presentation, territories, archive: nothing of who reads."""

    space_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SpaceVisibilityChanged(Event):
    space_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class BreakGlassOpened(Event):
    break_glass_id: int


@dataclass(frozen=True, kw_only=True)
class BreakGlassClosed(Event):
    break_glass_id: int
