import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import audit, events
from community.core.errors import Invalid, Refused, TooOften

from .. import permissions
from ..models import MAX_EMAIL, RANKS, RESEND_AFTER, Invitation, Space
from ..tokens import invitation_token, token_hash
from .locks import lock_space

LIFE_DAYS = 30
PER_DAY = 20
_ADDRESS_IN_TEXT = re.compile(r"://|\bwww\.|\b[\w-]+\.(?:com|net|org|fr|eu|info|io)\b", re.IGNORECASE)


@transaction.atomic
def invite_to_space(*, actor, space: Space, email: str, role: str, message: str = "") -> Invitation:
    """Asks an e-mail into the space for 30 days, by a mail that alone carries the token.

    It is not said whether the e-mail has an account, nor whether that account is already in the space.
    """
    permissions.require(permissions.can_invite(actor, space))
    if role not in RANKS:
        raise Invalid(_("Choisissez un rôle."), field="role")
    permissions.require(permissions.can_grant(actor, space, role))
    email = _clean_email(email)
    if _ADDRESS_IN_TEXT.search(message):
        raise Invalid(_("Le mot d’accueil ne peut pas contenir d’adresse de site."), field="message")
    space = lock_space(space)
    _require_time_to_invite(actor)
    _require_no_other(space, email)
    invitation = Invitation(
        space=space,
        email=email,
        role=role,
        message=message.strip(),
        invited_by=actor,
        expires_at=timezone.now() + timedelta(days=LIFE_DAYS),
    )
    invitation.token_hash = token_hash(invitation_token(invitation))
    invitation.save()
    audit.record("invitation_sent", actor=actor, kind="space", object_id=space.pk, space_id=space.pk, role=role)
    events.emit(events.InvitationSent(invitation_id=invitation.pk, by_id=actor.pk))
    return invitation


def _clean_email(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(_("Cette adresse n’a pas la forme d’une adresse électronique."), field="email") from None
    if len(email) > MAX_EMAIL:
        raise Invalid(_("Cette adresse est trop longue."), field="email")
    return email


def _require_time_to_invite(actor) -> None:
    """Counted in the table: a mail to a stranger is not forgotten when the server restarts."""
    day = timedelta(days=1)
    recent = Invitation.objects.filter(invited_by=actor, created_at__gt=timezone.now() - day).order_by("created_at")
    if recent.count() >= PER_DAY:
        wait = recent[0].created_at + day - timezone.now()
        raise TooOften(
            _("Vous avez envoyé %(count)d invitations en un jour : reprenez demain.") % {"count": PER_DAY},
            retry_after=max(int(wait.total_seconds()), 1),
        )


def _require_no_other(space: Space, email: str) -> None:
    same = Invitation.objects.filter(space=space, email=email)
    if same.pending().exists():
        raise Refused(_("Une invitation attend déjà cette adresse."), field="email")
    if same.filter(declined_at__gt=timezone.now() - timedelta(days=180)).exists():
        raise Refused(
            _("La personne a décliné une invitation à cet espace : nous ne lui réécrirons pas."), field="email"
        )
    # One that expired gives way.
    same.filter(accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def revoke_invitation(*, actor, invitation: Invitation) -> None:
    permissions.require(permissions.can_invite(actor, invitation.space))
    invitation = _lock_pending(invitation)
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    space = invitation.space
    audit.record("invitation_revoked", actor=actor, kind="space", object_id=space.pk, space_id=space.pk)
    events.emit(events.InvitationWithdrawn(invitation_id=invitation.pk, by_id=actor.pk))


@transaction.atomic
def resend_invitation(*, actor, invitation: Invitation) -> Invitation:
    """Writes again to somebody who has not answered, expired or not: a fresh link for 30 days, the former one opens
    nothing any more. Once a day an address, and counted with the day's invitations.
    """
    permissions.require(permissions.can_invite(actor, invitation.space))
    permissions.require(permissions.can_grant(actor, invitation.space, invitation.role))
    space = lock_space(invitation.space)
    waiting = Invitation.objects.select_for_update().filter(space=space, accepted_at=None, revoked_at=None)
    found = waiting.filter(pk=invitation.pk).first()
    if found is None:
        raise Refused(_("Cette invitation n’est plus en attente."))
    invitation = found
    wait = invitation.created_at + RESEND_AFTER - timezone.now()
    if wait > timedelta(0):
        raise TooOften(
            _("Cette invitation vient de partir : attendez un jour avant de la renvoyer."),
            retry_after=int(wait.total_seconds()) + 1,
        )
    _require_time_to_invite(actor)
    invitation.invited_by = actor
    invitation.created_at = timezone.now()
    invitation.expires_at = timezone.now() + timedelta(days=LIFE_DAYS)
    invitation.token_hash = token_hash(invitation_token(invitation))
    invitation.save(update_fields=["invited_by", "created_at", "expires_at", "token_hash"])
    audit.record(
        "invitation_resent", actor=actor, kind="space", object_id=space.pk, space_id=space.pk, role=invitation.role
    )
    events.emit(events.InvitationSent(invitation_id=invitation.pk, by_id=actor.pk))
    return invitation


@transaction.atomic
def decline_invitation(*, invitation: Invitation, token: str) -> None:
    """By whoever holds the token, with or without an account; the space does not write to the address again."""
    permissions.require(invitation.token_hash == token_hash(token))
    invitation = _lock_pending(invitation)
    invitation.revoked_at = invitation.declined_at = timezone.now()
    invitation.save(update_fields=["revoked_at", "declined_at"])
    events.emit(events.InvitationWithdrawn(invitation_id=invitation.pk, by_id=None))


def _lock_pending(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("space").pending()
    found = locked.filter(pk=invitation.pk).first()
    if found is None:
        raise Refused(_("Cette invitation n’est plus en attente."))
    return found
