"""What follows from a change: mails to those who are asked, a word to the persons of a dossier."""

from community.core.events import (
    ClauseLegalStateChanged,
    ClausePublished,
    ClauseStateChanged,
    DossierInvitationSent,
    DossierReviewed,
    DossierShared,
    DossierUnshared,
    ReviewCodeAsked,
    ReviewLinkSent,
    handles,
)
from community.core.mail import send
from community.notifications.actions import drop_subscriptions_of_non_readers, tell_again
from community.notifications.tasks import fan_out

from .mails import CODE, LINK, SHARED
from .models import Dossier, ReviewLink, ShareInvitation
from .selectors.dossier import dossiers_holding, person_ids
from .tasks import tell_dossiers

NO_LONGER_ADVISED = ("obsolete", "archived", "hidden")
LEGAL = ("to_review", "obsolete")


def tell(reason: str, *, dossier_id: int, member_ids: list[int], actor_id: int | None = None) -> None:
    """To these persons and nobody else, one line at a time for each dossier and reason."""
    tell_again(reason=reason, kind="dossier", pk=dossier_id)
    key = ["dossier", dossier_id]
    fan_out.enqueue(reason=reason, subject=key, target=key, actor_id=actor_id, member_ids=member_ids, only=True)


@handles(DossierShared)
def tell_of_share(event: DossierShared) -> None:
    if event.member_id != event.by_id:
        key = ["dossier", event.dossier_id]
        fan_out.enqueue(
            reason="dossier_shared",
            subject=key,
            target=key,
            actor_id=event.by_id,
            member_ids=[event.member_id],
            only=True,
        )


@handles(DossierUnshared)
def evict(event: DossierUnshared) -> None:
    drop_subscriptions_of_non_readers(kind="dossier", pk=event.dossier_id)


@handles(DossierInvitationSent)
def mail_invitation(event: DossierInvitationSent) -> None:
    invitation = ShareInvitation.objects.get(pk=event.invitation_id)
    send(SHARED, to=invitation.email, context={"invitation": invitation.pk})


@handles(ReviewLinkSent)
def mail_link(event: ReviewLinkSent) -> None:
    link = ReviewLink.objects.get(pk=event.link_id)
    send(LINK, to=link.email, context={"link": link.pk, "sent_at": link.sent_at.isoformat()})


@handles(ReviewCodeAsked)
def mail_code(event: ReviewCodeAsked) -> None:
    link = ReviewLink.objects.get(pk=event.link_id)
    send(CODE, to=link.email, context={"link": link.pk, "sent_at": link.code_sent_at.isoformat()})


@handles(DossierReviewed)
def tell_of_review(event: DossierReviewed) -> None:
    """Those who may change the text."""
    dossier = Dossier.objects.get(pk=event.dossier_id)
    reason = "dossier_more_time" if event.what == "more_time" else "dossier_reviewed"
    tell(reason, dossier_id=dossier.pk, member_ids=person_ids(dossier, editors_only=True))


@handles(ClausePublished)
def tell_of_version(event: ClausePublished) -> None:
    if event.version > 1 and dossiers_holding(event.clause_id, before_version=event.version).exists():
        tell_dossiers.enqueue(clause_id=event.clause_id, reason="dossier_clause_version", by_id=event.by_id)


@handles(ClauseStateChanged)
def tell_of_state(event: ClauseStateChanged) -> None:
    if event.change in NO_LONGER_ADVISED and dossiers_holding(event.clause_id).exists():
        tell_dossiers.enqueue(clause_id=event.clause_id, reason="dossier_clause_withdrawn", by_id=event.by_id)


@handles(ClauseLegalStateChanged)
def tell_of_law(event: ClauseLegalStateChanged) -> None:
    if event.legal_state in LEGAL and dossiers_holding(event.clause_id).exists():
        tell_dossiers.enqueue(clause_id=event.clause_id, reason="dossier_law_changed", by_id=None)
