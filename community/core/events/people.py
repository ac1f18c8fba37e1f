"""Members, their organisations, what they know."""

from dataclasses import dataclass

from .bus import Event


@dataclass(frozen=True, kw_only=True)
class MemberRegistered(Event):
    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberVerified(Event):
    member_id: int
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class MemberUnverified(Event):
    """The address or the organisation that had verified the member changed, and nothing else vouches for her."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class FollowedTopicsChanged(Event):
    """The member ticked other families or themes to follow."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """What a member says of herself, or whom she says it to."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationProposed(Event):
    organisation_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationConfirmed(Event):
    organisation_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ExpertiseGranted(Event):
    member_id: int
    expertise_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class GhostClaimRequested(Event):
    claim_id: int


@dataclass(frozen=True, kw_only=True)
class GhostClaimed(Event):
    ghost_id: int
    member_id: int
    by_id: int
