"""The list of persons, which is the only right on a dossier."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.dossiers import permissions
from clauses.dossiers.models import Dossier, DossierMember, ShareInvitation
from clauses.dossiers.vocabularies import MAX_EMAIL, MAX_MEMBERS, DossierRole
from community.core import events
from community.core.errors import Invalid, Refused
from community.core.ratelimits import Limit, spend

from .locks import lock_dossier

SHARE = Limit("dossier-share", times=60, seconds=24 * 60 * 60)
INVITE = Limit("dossier-invite", times=20, seconds=24 * 60 * 60)
LIFE = timedelta(days=30)


@transaction.atomic
def share_with(*, dossier: Dossier, actor, member, role: str) -> DossierMember:
    """A verified member of the site reads the dossier, or changes it, from now on; again, to change the right."""
    permissions.require(permissions.can_share_dossier(actor, dossier))
    _require_role(role)
    if member.pk == dossier.owner_id:
        raise Invalid(_("Ce dossier est le vôtre."), field="person")
    if not member.is_verified or not member.is_active:
        raise Refused(_("Cette personne n’est pas encore vérifiée : elle ne peut pas rejoindre un dossier."))
    spend(SHARE, actor=actor)
    dossier = lock_dossier(dossier.pk)
    if not dossier.people.filter(member=member).exists():
        _require_room(dossier)
    share, _created = DossierMember.objects.update_or_create(dossier=dossier, member=member, defaults={"role": role})
    events.emit(events.DossierShared(dossier_id=dossier.pk, member_id=member.pk, by_id=actor.pk))
    return share


@transaction.atomic
def stop_sharing(*, dossier: Dossier, actor, member) -> None:
    """By the owner, or by the person herself."""
    permissions.require(actor.pk == member.pk or permissions.can_own_dossier(actor, dossier))
    gone, _by_model = DossierMember.objects.filter(dossier=dossier, member=member).delete()
    if gone:
        events.emit(events.DossierUnshared(dossier_id=dossier.pk, member_id=member.pk, by_id=actor.pk))


@transaction.atomic
def invite_by_email(*, dossier: Dossier, actor, email: str, role: str) -> ShareInvitation:
    """It is not said whether the address has an account: whoever proves it hers finds the dossier in her list."""
    permissions.require(permissions.can_share_dossier(actor, dossier))
    _require_role(role)
    email = clean_email(email)
    spend(INVITE, actor=actor)
    dossier = lock_dossier(dossier.pk)
    ShareInvitation.objects.filter(dossier=dossier, expires_at__lte=timezone.now()).delete()
    if dossier.invitations.filter(email__iexact=email).exists():
        raise Refused(_("Une invitation attend déjà cette adresse."), field="email")
    _require_room(dossier)
    invitation = ShareInvitation.objects.create(
        dossier=dossier, email=email, role=role, expires_at=timezone.now() + LIFE
    )
    events.emit(events.DossierInvitationSent(invitation_id=invitation.pk, by_id=actor.pk))
    return invitation


def clean_email(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(_("Cette adresse n’a pas la forme d’une adresse électronique."), field="email") from None
    if len(email) > MAX_EMAIL:
        raise Invalid(_("Cette adresse est trop longue."), field="email")
    return email


def _require_role(role: str) -> None:
    if role not in DossierRole.values:
        raise Invalid(_("Choisissez lecture ou modification."), field="role")


def _require_room(dossier: Dossier) -> None:
    if dossier.people.count() + dossier.invitations.count() >= MAX_MEMBERS:
        raise Refused(_("Un dossier se partage avec %(count)d personnes au plus.") % {"count": MAX_MEMBERS})


@transaction.atomic
def withdraw_invitation(*, invitation: ShareInvitation, actor) -> None:
    permissions.require(permissions.can_own_dossier(actor, invitation.dossier))
    dossier_id = invitation.dossier_id
    ShareInvitation.objects.filter(pk=invitation.pk).delete()
    events.emit(events.DossierChanged(dossier_id=dossier_id, by_id=actor.pk))


@transaction.atomic
def accept_invitation(*, invitation: ShareInvitation, actor) -> DossierMember | None:
    """By the account that proved the address hers; who owns the dossier already gets nothing more."""
    permissions.require(ShareInvitation.objects.for_member(actor).filter(pk=invitation.pk).exists())
    if not actor.is_verified:
        raise Refused(_("Votre identité n’est pas encore vérifiée : vous pourrez accepter dès qu’elle le sera."))
    dossier = lock_dossier(invitation.dossier_id)
    ShareInvitation.objects.filter(pk=invitation.pk).delete()
    if actor.pk == dossier.owner_id:
        return None
    share, _created = DossierMember.objects.update_or_create(
        dossier=dossier, member=actor, defaults={"role": invitation.role}
    )
    events.emit(events.DossierShared(dossier_id=dossier.pk, member_id=actor.pk, by_id=actor.pk))
    return share


@transaction.atomic
def decline_invitation(*, invitation: ShareInvitation, actor) -> None:
    permissions.require(ShareInvitation.objects.for_member(actor).filter(pk=invitation.pk).exists())
    dossier_id = invitation.dossier_id
    ShareInvitation.objects.filter(pk=invitation.pk).delete()
    events.emit(events.DossierChanged(dossier_id=dossier_id, by_id=actor.pk))
