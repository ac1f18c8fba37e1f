"""What follows, in notifications, from acts of the rooms below: who loses a place stops being told of it in the same
transaction, who ticks a family or a theme is told of it from then on.
"""

from community.core.events import FollowedTopicsChanged, MembershipRevoked, handles
from community.members.models import Member

from .actions import follow_only
from .models import Subscription


@handles(MembershipRevoked)
def stop_following_space(event: MembershipRevoked) -> None:
    """Rows already written stay unreadable while the right is gone: every page and count checks it again."""
    Subscription.objects.filter(member_id=event.member_id, kind="space", object_id=event.space_id).delete()


@handles(FollowedTopicsChanged)
def follow_ticked_topics(event: FollowedTopicsChanged) -> None:
    member = Member.objects.get(pk=event.member_id)
    follow_only(member_id=member.pk, kind="family", pks=member.families_followed.values_list("pk", flat=True))
    follow_only(member_id=member.pk, kind="theme", pks=member.themes_followed.values_list("pk", flat=True))
