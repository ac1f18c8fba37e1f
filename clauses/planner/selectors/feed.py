"""Whose calendar a private address is."""

from clauses.planner.feed import feed_hash
from clauses.planner.models import PlannerSettings
from community.members.models import Member


def member_of_feed(token: str) -> Member | None:
    """Found by the hash of the whole token; a closed account has no calendar any more."""
    if not token:
        return None
    found = PlannerSettings.objects.filter(feed_hash=feed_hash(token)).values_list("member", flat=True).first()
    return Member.objects.persons().filter(pk=found).first() if found else None
