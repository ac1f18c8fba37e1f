from community.core.events import InvitationSent, MemberUnverified, SpaceVisibilityChanged, handles
from community.core.mail import send
from community.members.models import Member

from .actions import remove_unverified, remove_unverified_of
from .mails import INVITATION
from .models import Invitation, Space


@handles(InvitationSent)
def mail_invitation(event: InvitationSent) -> None:
    invitation = Invitation.objects.get(pk=event.invitation_id)
    send(INVITATION, to=invitation.email, context={"invitation": invitation.pk})


@handles(MemberUnverified)
def let_out_of_reserved_spaces(event: MemberUnverified) -> None:
    """At once: her next request reads nothing there."""
    remove_unverified(member=Member.objects.get(pk=event.member_id))


@handles(SpaceVisibilityChanged)
def let_out_those_verified_no_more(event: SpaceVisibilityChanged) -> None:
    remove_unverified_of(space=Space.objects.get(pk=event.space_id))
