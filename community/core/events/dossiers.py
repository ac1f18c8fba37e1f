"""Dossiers: private things, whose events go to their persons only."""

from dataclasses import dataclass

from .bus import Event


@dataclass(frozen=True, kw_only=True)
class DossierCreated(Event):
    dossier_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class DossierChanged(Event):
    """Its need, its texts, their order, their values or its sourcing moved."""

    dossier_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class DossierDeleted(Event):
    dossier_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class DossierShared(Event):
    """Somebody reads it from then on, or with another right."""

    dossier_id: int
    member_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class DossierUnshared(Event):
    """Somebody reads it no more: sent away, or gone."""

    dossier_id: int
    member_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class DossierInvitationSent(Event):
    """By e-mail, to somebody who may have an account or not."""

    invitation_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ReviewLinkSent(Event):
    """Sent again, too: the token changed."""

    link_id: int
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ReviewLinkEnded(Event):
    """Withdrawn by the team, or by the person herself (`by_id` none)."""

    link_id: int
    dossier_id: int
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ReviewCodeAsked(Event):
    link_id: int


@dataclass(frozen=True, kw_only=True)
class DossierReviewed(Event):
    """A reviewer decided of an item, concluded, asked for more time or declined (`what`)."""

    dossier_id: int
    link_id: int
    what: str


@dataclass(frozen=True, kw_only=True)
class ReviewRemarkHandled(Event):
    dossier_id: int
    remark_id: int
    by_id: int
