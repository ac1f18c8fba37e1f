from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import audit, events
from community.core.errors import Refused

from ..models import Invitation, Membership
from ..selectors import find_invitation, invitation_stands
from .locks import lock_space


@transaction.atomic
def accept_invitation(*, actor, token: str) -> Membership:
    """Takes the actor in, once, if the e-mail invited is a *verified* one of her account.

    The inviter's right is looked at again: who no longer animates the space no longer lets anybody in.
    """
    invitation = find_invitation(actor, token)
    if invitation is None:
        raise PermissionDenied
    space = lock_space(invitation.space)
    invitation = Invitation.objects.select_for_update().pending().filter(pk=invitation.pk).first()
    if invitation is None or not invitation_stands(invitation):
        raise Refused(_("Cette invitation n’est plus valable : demandez-en une autre à la personne qui vous a écrit."))
    if Membership.objects.filter(space=space, member=actor).exists():
        raise Refused(_("Vous êtes déjà dans cet espace."))
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    membership = Membership.objects.create(space=space, member=actor, role=invitation.role)
    audit.record(
        "invitation_accepted", actor=actor, kind="space", object_id=space.pk, space_id=space.pk, role=invitation.role
    )
    events.emit(
        events.MembershipGranted(
            space_id=space.pk, member_id=actor.pk, role=invitation.role, by_id=invitation.invited_by_id
        )
    )
    return membership
