"""The part of the world that waits for somebody's decision."""

from community.members.models import GhostClaim
from tests.factories import MemberFactory, OrganisationFactory


def build_decisions(world) -> None:
    """What waits for the platform's staff."""
    token = world.token()
    organisation = OrganisationFactory(name=f"Syndicat {token}", proposed_by=world.actors["verified"])
    world.add("administration", "organisation", organisation, token)
    token = world.token()
    ghost = MemberFactory(first_name=token, last_name="", is_ghost=True, is_active=False, newcomer=True)
    claim = GhostClaim.objects.create(ghost=ghost, claimant=world.actors["verified"], message=token)
    world.add("administration", "ghost_claim", claim, token)
