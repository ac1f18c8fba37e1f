"""What a reviewer says, clause by clause; what the team does of it. The link is checked again at each act."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.dossiers import permissions
from clauses.dossiers.content import clean_text
from clauses.dossiers.models import DossierItem, ReviewLink, ReviewRemark
from clauses.dossiers.vocabularies import MAX_REMARKS, Conclusion, Decision, Handling
from community.core import events, ratelimits
from community.core.errors import Invalid, Refused

from .items import retext, set_aside, taken_text
from .locks import Conflict, bump, lock_dossier, lock_item, require_version, touch

PER_HOUR = 300


def _lock_open(link: ReviewLink) -> ReviewLink:
    row = ReviewLink.objects.select_for_update().open().filter(pk=link.pk, token_hash=link.token_hash).first()
    if row is None:
        raise Refused(_("Ce lien n’ouvre plus rien."))
    return row


@dataclass(frozen=True, kw_only=True)
class Opinion:
    decision: str
    text: str = ""
    proposal: str = ""


@transaction.atomic
def give_opinion(
    *, link: ReviewLink, item: DossierItem, read: int | None, opinion: Opinion, client_token: UUID | None = None
) -> ReviewRemark:
    """`item` is one of those that the link shows (`selectors.review`), `read` its version on the page that she read.

    A change of mind is another row.
    """
    item = lock_item(item)
    row = _lock_open(link)
    if client_token and (sent := row.remarks.filter(client_token=client_token).first()):
        return sent
    ratelimits.hit("review-remark", str(row.pk), times=PER_HOUR, seconds=60 * 60)
    _require_read(item, read)
    _require_says_something(opinion)
    if row.remarks.count() >= MAX_REMARKS:
        raise Refused(_("Cette relecture compte déjà trop d’avis."))
    # The row of the link is locked: the same form sent twice at once waits here.
    remark = ReviewRemark.objects.create(
        link=row,
        item=item,
        item_version=read,
        title=item.title,
        decision=opinion.decision,
        text=opinion.text.strip(),
        proposal=clean_text(opinion.proposal) if opinion.decision == Decision.CHANGE else "",
        client_token=client_token,
    )
    events.emit(events.DossierReviewed(dossier_id=row.dossier_id, link_id=row.pk, what="decision"))
    return remark


def _require_read(item: DossierItem, read: int | None) -> None:
    """Her « accepté » must not fall on a text that she never saw; a page that does not say what it showed is an old
    one."""
    if item.version != read:
        words = _("Cet article a changé pendant votre lecture : relisez-le, puis enregistrez de nouveau votre avis.")
        raise Conflict(item, words)


def _require_says_something(opinion: Opinion) -> None:
    if opinion.decision not in Decision.values:
        raise Invalid(_("Choisissez votre avis."), field="decision")
    if opinion.decision == Decision.COMMENT and not opinion.text.strip():
        raise Invalid(_("Écrivez votre commentaire."), field="text")
    if opinion.decision == Decision.CHANGE and not (opinion.text.strip() or opinion.proposal.strip()):
        raise Invalid(_("Dites ce qui est à modifier, ou proposez une rédaction."), field="text")


@transaction.atomic
def conclude(*, link: ReviewLink, conclusion: str, text: str = "") -> None:
    """An opinion on the whole; it may change until the link ends."""
    row = _lock_open(link)
    ratelimits.hit("review-remark", str(row.pk), times=PER_HOUR, seconds=60 * 60)
    if conclusion not in Conclusion.values:
        raise Invalid(_("Choisissez votre conclusion."), field="conclusion")
    row.conclusion, row.conclusion_text, row.concluded_at = conclusion, text.strip(), timezone.now()
    row.save(update_fields=["conclusion", "conclusion_text", "concluded_at"])
    events.emit(events.DossierReviewed(dossier_id=row.dossier_id, link_id=row.pk, what="conclusion"))


@transaction.atomic
def ask_more_time(*, link: ReviewLink) -> None:
    row = _lock_open(link)
    if row.more_time_asked_at is None:
        ReviewLink.objects.filter(pk=row.pk).update(more_time_asked_at=timezone.now())
        events.emit(events.DossierReviewed(dossier_id=row.dossier_id, link_id=row.pk, what="more_time"))


@transaction.atomic
def decline_review(*, link: ReviewLink) -> None:
    """« Je ne suis pas la bonne personne »: the link ends, the team is told."""
    row = _lock_open(link)
    ReviewLink.objects.filter(pk=row.pk).update(withdrawn_at=timezone.now(), declined=True, code_seed="")
    events.emit(events.ReviewLinkEnded(link_id=row.pk, dossier_id=row.dossier_id, by_id=None))
    events.emit(events.DossierReviewed(dossier_id=row.dossier_id, link_id=row.pk, what="declined"))


@transaction.atomic
def take_proposal(*, remark: ReviewRemark, actor, expected: int | None, read: int | None) -> DossierItem:
    """The wording that the reviewer proposes takes the place of the item's; what was adapted before is set aside.

    `expected` is the version of the item, `read` that of the remark, as the form showed them.
    """
    permissions.require(permissions.can_edit_dossier(actor, remark.link.dossier))
    if remark.item is None or not remark.proposal:
        raise Refused(_("Cet avis ne propose pas de rédaction."))
    row = lock_item(remark.item)
    remark = _lock_remark(remark, read)
    require_version(row, expected)
    if row.is_adapted or row.is_own:
        set_aside(row, actor=actor)
    fields = retext(row, remark.proposal, before=row.variables)
    bump(row, actor=actor, is_adapted=not row.is_own and row.text != taken_text(row), **fields)
    touch(row.dossier_id)
    _handle(remark, actor=actor, handling=Handling.TAKEN)
    events.emit(events.DossierChanged(dossier_id=row.dossier_id, by_id=actor.pk))
    return row


@transaction.atomic
def answer_remark(*, remark: ReviewRemark, actor, read: int | None, reply: str = "", dismiss: bool = False) -> None:
    """The reviewer reads the reply beside her opinion; a remark set aside stays, said so."""
    permissions.require(permissions.can_edit_dossier(actor, remark.link.dossier))
    if not dismiss and not reply.strip():
        raise Invalid(_("Écrivez votre réponse."), field="reply")
    lock_dossier(remark.link.dossier_id)
    remark = _lock_remark(remark, read)
    handling = Handling.DISMISSED if dismiss else remark.handling
    _handle(remark, actor=actor, handling=handling, reply=reply.strip())


def _lock_remark(remark: ReviewRemark, read: int | None) -> ReviewRemark:
    row = ReviewRemark.objects.select_for_update(of=("self",)).select_related("link").get(pk=remark.pk)
    require_version(row, read)
    return row


def _handle(remark: ReviewRemark, *, actor, handling: str, reply: str = "") -> None:
    remark.handling, remark.handled_by, remark.handled_at = handling, actor, timezone.now()
    remark.version += 1
    if reply:
        remark.reply = reply
    remark.save(update_fields=["handling", "handled_by", "handled_at", "reply", "version"])
    events.emit(events.ReviewRemarkHandled(dossier_id=remark.link.dossier_id, remark_id=remark.pk, by_id=actor.pk))
