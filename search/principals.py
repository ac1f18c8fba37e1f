"""Who a viewer is for the index, read from the database at each query: what was lost a moment ago opens nothing."""

from dataclasses import dataclass, field

from community.core.prepared import Prepared
from community.core.sight import PreparedSight
from community.spaces.models import MODERATING_ROLES, Membership, Space
from community.spaces.querysets import opened_space_ids

from .documents import PUBLIC, SIGNED_IN, VERIFIED, in_space, microseconds, moderators_of, only


@dataclass(frozen=True)
class Reader:
    """`names` are those of `acl`; `spaces` the places she may enter; `floors` the moment, by space, before which a
    newcomer reads only her own.
    """

    names: tuple[str, ...]
    spaces: tuple[int, ...] = ()
    member_id: int = 0
    floors: dict[int, int] = field(default_factory=dict)


# Read at each query, so that their SQL is put in words once.
_spaces = PreparedSight(lambda viewer: Space.objects.visible_to(viewer).order_by("pk").values_list("pk", flat=True))
_inside = Prepared(
    lambda member: Membership.objects.filter(member=member).values_list(
        "space", "role", "joined_at", "space__history_from_joining", "space__visibility"
    )
)


def reader_of(viewer) -> Reader:
    spaces = tuple(_spaces.rows(viewer))
    names = [PUBLIC, *map(in_space, spaces)]
    if not viewer.is_authenticated:
        return Reader(tuple(names), spaces)
    names += [SIGNED_IN, only(viewer.pk)]
    if viewer.is_verified:
        names.append(VERIFIED)
    if viewer.is_staff:
        names.append(moderators_of(None))
    floors = {}
    for space_id, role, joined_at, is_protected, visibility in _inside.rows(member=viewer.pk):
        if role in MODERATING_ROLES:
            names.append(moderators_of(space_id))
        if is_protected and visibility == "private":
            floors[space_id] = microseconds(joined_at)
    if viewer.is_staff and floors:
        # Exceptional access opens the past too.
        for space_id in opened_space_ids(viewer).values_list("space", flat=True):
            floors.pop(space_id, None)
    return Reader(tuple(names), spaces, viewer.pk, floors)
