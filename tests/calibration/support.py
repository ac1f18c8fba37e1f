"""People and dossiers around a calibration."""

from dataclasses import dataclass, field
from typing import Any

from clauses.calibration.actions.ask import Ask, ask_calibration
from clauses.calibration.actions.facilitators import confirm_facilitator
from clauses.calibration.models import CalibrationRequest
from clauses.dossiers.models import Dossier, DossierMember
from community.members.models import Territory
from tests.factories import MemberFactory, SpaceFactory, TerritoryFactory


def network(territory, *, moderator=None):
    space = SpaceFactory(kind="network", name="Réseau des Deux-Rives")
    space.territories.add(territory)
    space.memberships.create(member=moderator or MemberFactory(), role="moderator")
    return space


def facilitator(territory, *, confirmed: bool = True, **fields):
    member = MemberFactory(account_kind="facilitator", territory=territory, **fields)
    if confirmed:
        confirm_facilitator(actor=MemberFactory(staff=True), member=member)
    return member


@dataclass
class Case:
    """A dossier in a département, its owner, an editor, a reader, and a facilitator confirmed there."""

    region: Territory = field(default_factory=lambda: TerritoryFactory(kind="region"))
    place: Any = None
    owner: Any = field(default_factory=MemberFactory)
    editor: Any = field(default_factory=MemberFactory)
    reader: Any = field(default_factory=MemberFactory)

    def __post_init__(self):
        self.place = TerritoryFactory(parent=self.region)
        self.facilitator = facilitator(self.place)
        self.dossier = Dossier.objects.create(
            owner=self.owner, title="Restauration scolaire", need="1 900 repas par jour", territory=self.place
        )
        for role in ("editor", "reader"):
            DossierMember.objects.create(dossier=self.dossier, member=getattr(self, role), role=role)

    def ask(self, *, actor=None, **fields) -> CalibrationRequest:
        asked = Ask(
            territory=self.place,
            title="Restauration scolaire",
            subject="1 900 repas par jour",
            lots=(("Lot 1, repas livrés", None), ("Lot 2, épicerie", None)),
        )
        given = {"kind": "facilitator", "facilitator": self.facilitator.public_id} | fields
        return ask_calibration(actor=actor or self.owner, dossier=self.dossier, ask=asked, **given)
