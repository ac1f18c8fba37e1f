from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from community.core.jobs import job

from .models import Invitation
from .selectors import invitation_stands
from .tokens import invitation_token, token_hash


@job(attempts=8, queue_name="mail")
def send_invitation(*, invitation_id: int) -> bool:
    """Writes to the person invited, if the invitation still stands; says whether it did.

    Not by `core.mail.send`, whose queue keeps what it will write: the token is derived here and kept nowhere.
    """
    invitation = (
        Invitation.objects.pending()
        .select_related("space", "invited_by__organisation")
        .filter(pk=invitation_id)
        .first()
    )
    if invitation is None or not invitation_stands(invitation):
        return False
    token = invitation_token(invitation)
    if token_hash(token) != invitation.token_hash:
        # SECRET_KEY changed in between: a link that opens nothing is not sent.
        return False
    context = invitation_context(invitation, token)
    mail = EmailMultiAlternatives(
        subject=context["subject"],
        body=render_to_string("emails/invitation.txt", context),
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("emails/invitation.html", context), "text/html")
    mail.send()
    return True


def invitation_context(invitation: Invitation, token: str) -> dict:
    inviter, space = str(invitation.invited_by), invitation.space.name
    subject = _("%(inviter)s vous invite dans « %(space)s »") % {"inviter": inviter, "space": space}
    return {
        "subject": " ".join(subject.splitlines()),
        "preheader": _("Une place vous attend dans l’espace %(space)s.") % {"space": space},
        "site_name": "Entraide",
        "inviter": inviter,
        "inviter_detail": str(invitation.invited_by.organisation or ""),
        "space": invitation.space,
        "message": invitation.message,
        "email": invitation.email,
        "expires_at": invitation.expires_at,
        "past_is_hidden": invitation.space.visibility == "private" and invitation.space.history_from_joining,
        "button_url": settings.BASE_URL + reverse("invitation_accept", args=[token]),
        "decline_url": settings.BASE_URL + reverse("invitation_decline", args=[token]),
    }
