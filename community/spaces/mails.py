"""The mail that asks somebody into a space."""

from django.conf import settings
from django.urls import reverse

from community.core.mail import MailKind, register_kind

from .models import Invitation
from .selectors import invitation_stands
from .tokens import invitation_token, token_hash

INVITATION = "invitation"


def prepare_invitation(to: str, context: dict) -> dict | None:
    """What the mail says, if the invitation still stands when it leaves. The queue holds the key of the row alone: the
    token is derived here and kept nowhere.
    """
    pending = Invitation.objects.pending().select_related("space", "invited_by__organisation")
    invitation = pending.filter(pk=context["invitation"]).first()
    if invitation is None or invitation.email != to or not invitation_stands(invitation):
        return None
    token = invitation_token(invitation)
    if token_hash(token) != invitation.token_hash:
        # SECRET_KEY changed in between: a link that opens nothing is not sent.
        return None
    space = invitation.space
    return {
        "inviter": str(invitation.invited_by),
        "inviter_detail": str(invitation.invited_by.organisation or ""),
        "space": space.name,
        "presentation": " ".join(space.description.split()),
        "message": invitation.message,
        "email": invitation.email,
        "expires_at": invitation.expires_at,
        "past_is_hidden": space.visibility == "private" and space.history_from_joining,
        "button_url": settings.BASE_URL + reverse("invitation_accept", args=[token]),
        "decline_url": settings.BASE_URL + reverse("invitation_decline", args=[token]),
    }


register_kind(MailKind(name=INVITATION, prepare=prepare_invitation))
