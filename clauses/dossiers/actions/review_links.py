"""Asking somebody without an account to read again; taking the link back, sending it anew."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.dossiers import permissions
from clauses.dossiers.models import Dossier, ReviewLink
from clauses.dossiers.tokens import review_token, token_hash
from clauses.dossiers.vocabularies import DOCUMENT_ORDER, MAX_LINKS, ReviewRole
from community.core import events, ratelimits
from community.core.errors import Invalid, Refused, TooOften
from community.core.ratelimits import Limit, spend

from .locks import lock_dossier
from .share import clean_email

INVITE = Limit("review-invite", times=30, seconds=24 * 60 * 60)
AGAIN_TIMES, AGAIN_SECONDS = 3, 24 * 60 * 60
LONGEST = timedelta(days=90)
USUAL = timedelta(days=15)
BETWEEN_SENDINGS = timedelta(minutes=5)


@transaction.atomic
def invite_reviewer(
    *,
    dossier: Dossier,
    actor,
    email: str,
    name: str,
    role: str,
    documents: Iterable[str] = (),
    message: str = "",
    expires_at: datetime | None = None,
) -> ReviewLink:
    permissions.require(permissions.can_invite_reviewer(actor, dossier))
    email = clean_email(email)
    expires_at = _sound_end(expires_at)
    documents = [document for document in DOCUMENT_ORDER if document in set(documents)]
    if not name.strip():
        raise Invalid(_("Donnez le nom de la personne : il accompagnera ses avis."), field="name")
    if role not in ReviewRole.values:
        raise Invalid(_("Choisissez à quel titre la personne relit."), field="role")
    spend(INVITE, actor=actor)
    dossier = lock_dossier(dossier.pk)
    standing = dossier.review_links.filter(withdrawn_at=None)
    if standing.filter(email__iexact=email).exists():
        raise Refused(_("Cette adresse a déjà un lien : renvoyez-le, ou retirez-le d’abord."), field="email")
    if standing.count() >= MAX_LINKS:
        raise Refused(_("Un dossier a au plus %(count)d liens de relecture.") % {"count": MAX_LINKS})
    link = ReviewLink(
        dossier=dossier,
        email=email,
        name=" ".join(name.split()),
        role=role,
        documents=documents,
        message=message.strip(),
        invited_by=actor,
        expires_at=expires_at,
    )
    _send(link, by_id=actor.pk)
    return link


def _sound_end(expires_at: datetime | None) -> datetime:
    now = timezone.now()
    if expires_at is None:
        return now + USUAL
    if expires_at <= now:
        raise Invalid(_("Choisissez une date à venir."), field="expires_at")
    if expires_at > now + LONGEST:
        raise Invalid(_("Un lien vaut au plus trois mois."), field="expires_at")
    return expires_at


def _send(link: ReviewLink, *, by_id: int | None) -> None:
    """A new token each time: the former link opens nothing any more, nor do the browsers that had opened it."""
    link.sent_at = timezone.now()
    link.token_hash = token_hash(review_token(link))
    link.code_seed, link.code_sent_at, link.code_attempts = "", None, 0
    link.save()
    events.emit(events.ReviewLinkSent(link_id=link.pk, by_id=by_id))


@transaction.atomic
def resend_link(*, link: ReviewLink, actor, expires_at: datetime | None = None) -> ReviewLink:
    """Expired or not; for two weeks more unless a day is given. Not once withdrawn: that is another invitation."""
    permissions.require(permissions.can_invite_reviewer(actor, link.dossier))
    lock_dossier(link.dossier_id)
    row = ReviewLink.objects.select_for_update().filter(pk=link.pk, withdrawn_at=None).first()
    if row is None:
        raise Refused(_("Ce lien a été retiré : invitez de nouveau la personne."))
    _require_pause(row)
    spend(INVITE, actor=actor)
    row.expires_at = max(_sound_end(expires_at), row.expires_at)
    row.more_time_asked_at = None
    _send(row, by_id=actor.pk)
    return row


def _require_pause(row: ReviewLink) -> None:
    wait = row.sent_at + BETWEEN_SENDINGS - timezone.now()
    if wait > timedelta(0):
        raise TooOften(
            _("Ce lien vient de partir : attendez cinq minutes avant de le renvoyer."),
            retry_after=int(wait.total_seconds()) + 1,
        )


@transaction.atomic
def withdraw_link(*, link: ReviewLink, actor) -> None:
    """At once, everywhere it is open; what the person said stays."""
    permissions.require(permissions.can_edit_dossier(actor, link.dossier))
    ended = ReviewLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=timezone.now(), code_seed="")
    if ended:
        events.emit(events.ReviewLinkEnded(link_id=link.pk, dossier_id=link.dossier_id, by_id=actor.pk))


@transaction.atomic
def ask_for_new_link(*, email: str) -> None:
    """From the page of a link that opens nothing: a link that still stands is mailed again, the same, to its own
    address (whoever types it shuts nobody out), and the answer is the same whoever asks. An expired one is the team's
    to renew: they are told.
    """
    email = clean_email(email)
    who = hashlib.sha256(email.encode()).hexdigest()
    ratelimits.hit("review-again", who, times=AGAIN_TIMES, seconds=AGAIN_SECONDS)
    waiting = ReviewLink.objects.select_for_update().filter(email__iexact=email, withdrawn_at=None)
    for row in waiting.order_by("-pk")[:MAX_LINKS]:
        if row.expires_at > timezone.now():
            events.emit(events.ReviewLinkSent(link_id=row.pk, by_id=None))
        elif row.more_time_asked_at is None:
            ReviewLink.objects.filter(pk=row.pk).update(more_time_asked_at=timezone.now())
            events.emit(events.DossierReviewed(dossier_id=row.dossier_id, link_id=row.pk, what="more_time"))
