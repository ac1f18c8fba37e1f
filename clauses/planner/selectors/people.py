"""Colleagues whom a row may be opened to: found by name among verified members, as in the directory."""

from dataclasses import dataclass

from community.core.contents import DisplayedAuthor
from community.members.display import displayed
from community.members.models import Member

MAX_FOUND = 8
LEAST = 2


@dataclass(frozen=True)
class Colleague:
    public_id: str
    person: DisplayedAuthor
    role: str = ""


def find_colleagues(viewer, name: str, *, except_ids: set[int]) -> list[Colleague]:
    """Those of her own organisation first; whoever is on the list already is left out."""
    name = " ".join(name.split())[:120]
    if len(name) < LEAST:
        return []
    found = Member.objects.visible_to(viewer).persons().verified().named(name).exclude(pk__in=except_ids)
    people = list(found.select_related("organisation").order_by("last_name", "first_name", "pk")[: MAX_FOUND * 4])
    people.sort(key=lambda member: viewer.organisation_id is None or member.organisation_id != viewer.organisation_id)
    return [Colleague(member.public_id, displayed(member)) for member in people[:MAX_FOUND]]


def find_colleague(viewer, public_id: str) -> Member | None:
    return Member.objects.visible_to(viewer).persons().filter(public_id=public_id).first()
