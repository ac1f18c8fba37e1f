"""« Qui achète la même chose cette année »: those who agreed to be seen, to those who agreed to it themselves."""

from dataclasses import dataclass, field

from django.db.models import Q

from clauses.planner.models import PlannedPurchase
from community.core.contents import DisplayedAuthor
from community.members.display import displayed

MAX_PEERS = 12
MAX_READ = 400


@dataclass
class Peer:
    """A person as everybody sees her, and what she agreed to say: families and years, nothing else of the rows."""

    person: DisplayedAuthor
    buys: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Peers:
    """`own` is how many purchases the viewer is seen by; without any, she sees nobody."""

    own: int
    found: list[Peer]
    total: int


def peers_of(viewer) -> Peers:
    """Same top family, contract starting the same year, both rows visible. Two queries."""
    if not viewer.is_authenticated or not viewer.is_verified:
        return Peers(0, [], 0)
    own = list(
        PlannedPurchase.objects.seen_by_peers()
        .owned_by(viewer)
        .values_list("family", "family__parent", "starts_on__year")
    )
    if not own:
        return Peers(0, [], 0)
    same = Q()
    for top, year in {(parent or family, year) for family, parent, year in own}:
        same |= Q(Q(family=top) | Q(family__parent=top), starts_on__year=year)
    rows = (
        PlannedPurchase.objects.seen_by_peers()
        .filter(same)
        .exclude(owner=viewer)
        .select_related("family", "owner__organisation")
        .defer("title", "notes", "amount")
        .order_by("starts_on", "pk")[:MAX_READ]
    )
    return Peers(len(own), *gathered(rows))


def gathered(rows) -> tuple[list[Peer], int]:
    """One line a person, in the order of their first contract."""
    peers: dict[int, Peer] = {}
    for row in rows:
        peer = peers.setdefault(row.owner_id, Peer(displayed(row.owner)))
        said = f"{row.family.label}, {row.starts_on.year}"
        if said not in peer.buys:
            peer.buys.append(said)
    found = list(peers.values())
    return found[:MAX_PEERS], len(found)
