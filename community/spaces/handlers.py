from community.core.events import InvitationSent, handles
from community.core.mail import send

from .mails import INVITATION
from .models import Invitation


@handles(InvitationSent)
def mail_invitation(event: InvitationSent) -> None:
    invitation = Invitation.objects.get(pk=event.invitation_id)
    send(INVITATION, to=invitation.email, context={"invitation": invitation.pk})
