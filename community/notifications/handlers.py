"""What follows, in notifications, from acts of the rooms below: who loses a place stops being told of it in the same
transaction, who ticks a family or a theme is told of it from then on.
"""

from community.core import contents
from community.core.events import (
    BreakGlassOpened,
    FollowedTopicsChanged,
    GhostClaimRequested,
    MembershipRevoked,
    OrganisationProposed,
    TagsMerged,
    handles,
)
from community.members.models import Member

from .actions import follow_instead, follow_only
from .models import Subscription
from .tasks import fan_out


@handles(MembershipRevoked)
def stop_following_space(event: MembershipRevoked) -> None:
    """Rows already written stay unreadable while the right is gone: every page and count checks it again."""
    Subscription.objects.filter(member_id=event.member_id, kind="space", object_id=event.space_id).delete()


@handles(FollowedTopicsChanged)
def follow_ticked_topics(event: FollowedTopicsChanged) -> None:
    member = Member.objects.get(pk=event.member_id)
    follow_only(member_id=member.pk, kind="family", pks=member.families_followed.values_list("pk", flat=True))
    follow_only(member_id=member.pk, kind="theme", pks=member.themes_followed.values_list("pk", flat=True))


@handles(TagsMerged)
def follow_tag_that_stands(event: TagsMerged) -> None:
    follow_instead(kind="tag", pk=event.tag_id, into=event.into_id)


@handles(OrganisationProposed)
def tell_who_confirms(event: OrganisationProposed) -> None:
    tell_readers("organisation_proposed", kind="organisation", pk=event.organisation_id, actor_id=event.by_id)


@handles(GhostClaimRequested)
def tell_who_decides(event: GhostClaimRequested) -> None:
    tell_readers("claim_requested", kind="ghost_claim", pk=event.claim_id)


@handles(BreakGlassOpened)
def tell_owners(event: BreakGlassOpened) -> None:
    """Of an access to a whole space; the lifting of one anonymity stands in their log."""
    tell_readers("break_glass_opened", kind="break_glass", pk=event.break_glass_id)


def tell_readers(reason: str, *, kind: str, pk: int, actor_id: int | None = None) -> None:
    """Those whom the thing is for, few by nature; who they are is asked again when the task runs."""
    registered = contents.get(kind)
    readers = registered.readers(registered.model._default_manager.get(pk=pk), Member.objects.persons())
    ids = list(readers.values_list("pk", flat=True))
    fan_out.enqueue(reason=reason, subject=[kind, pk], target=[kind, pk], actor_id=actor_id, member_ids=ids, only=True)
