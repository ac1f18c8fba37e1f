from community.core.events import InvitationSent, handles

from .tasks import send_invitation


@handles(InvitationSent)
def mail_invitation(event: InvitationSent) -> None:
    send_invitation.enqueue(invitation_id=event.invitation_id)
