"""Eviction first: who loses a place stops being told of it in the same transaction."""

from community.core.events import MembershipRevoked, handles

from .models import Subscription


@handles(MembershipRevoked)
def stop_following_space(event: MembershipRevoked) -> None:
    """Rows already written stay unreadable while the right is gone: every page and count checks it again."""
    Subscription.objects.filter(member_id=event.member_id, kind="space", object_id=event.space_id).delete()
