"""Whom a request for a département goes to: facilitators who cover it, else the network that does, else the staff."""

from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, Value, When

from clauses.calibration.models import ConfirmedFacilitator
from clauses.calibration.vocabularies import Asked
from community.core.contents import DisplayedAuthor
from community.members.display import displayed
from community.members.models import Territory
from community.members.selectors import shows
from community.spaces.models import Membership, Space, SpaceKind

MAX_OFFERED = 12


@dataclass(frozen=True)
class Facilitator:
    public_id: str
    member_id: int
    person: DisplayedAuthor
    territory: str


@dataclass(frozen=True)
class Askees:
    """`kind` says which of the three; a network that the requester may not see is not named."""

    kind: str
    facilitators: list[Facilitator] = field(default_factory=list)
    space: Space | None = None
    space_name: str = ""


def askees_for(requester, territory: Territory) -> Askees:
    """A facilitator who hides her territory from the requester is not offered; nobody asks herself."""
    if found := facilitators_for(requester, territory):
        return Askees(Asked.FACILITATOR, found)
    space = network_for(requester, territory)
    if space is not None:
        named = Space.objects.visible_to(requester).filter(pk=space.pk).exists()
        return Askees(Asked.NETWORK, space=space, space_name=space.name if named else "")
    return Askees(Asked.STAFF)


def facilitators_for(requester, territory: Territory) -> list[Facilitator]:
    nearest = Case(When(territory=territory, then=Value(0)), default=Value(1), output_field=IntegerField())
    shown = type(requester).objects.filter(shows(requester, "territory"))
    confirmed = (
        ConfirmedFacilitator.objects.standing()
        .covering(territory)
        .filter(member__in=shown)
        .exclude(member=requester)
        .select_related("member__organisation", "territory")
        .order_by(nearest, "member__last_name", "member__first_name", "pk")
    )
    return [
        Facilitator(each.member.public_id, each.member_id, displayed(each.member), each.territory.name)
        for each in confirmed[:MAX_OFFERED]
    ]


def network_for(requester, territory: Territory) -> Space | None:
    """The most local network with somebody else than the requester to animate it."""
    animated = Membership.objects.moderating().filter(member__is_active=True).exclude(member=requester)
    networks = Space.objects.active().filter(kind=SpaceKind.NETWORK, pk__in=animated.values("space"))
    for covered in (territory.pk, territory.parent_id):
        found = networks.filter(territories=covered).order_by("pk").first() if covered else None
        if found is not None:
            return found
    return None
