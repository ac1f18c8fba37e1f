"""Who may be named in a text."""

from collections.abc import Iterable

from django.db.models import Count, Min, QuerySet

from community.members.models import Member
from community.spaces.querysets import readers_of_space


def mentionable_in(space, *, since=None) -> QuerySet:
    """The persons who may read what is written there at that moment: members know each other's profiles. Nothing here
    depends on who wrote in the thread, so that it tells nothing of those who did without their name.
    """
    return readers_of_space(space, Member.objects.persons(), since=since)


def bearers_of(folded_names: Iterable[str], *, among: QuerySet) -> dict[str, str]:
    """The public id of the one person who bears each name, empty where several do; one query, a row a name."""
    known = among.filter(folded_name__in=set(folded_names)).order_by().values_list("folded_name")
    rows = known.annotate(bearers=Count("pk"), one=Min("public_id"))
    return {name: one if bearers == 1 else "" for name, bearers, one in rows}
