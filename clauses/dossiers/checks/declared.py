"""« Ce marché compte comme »: the words of the essential data (considérations), from the texts that are there."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from clauses.library.vocabularies import ClauseKind
from community.taxonomy.models import Pillar

from .case import Case


@dataclass(frozen=True)
class Declared:
    environment: tuple[str, ...]
    social: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.environment, *self.social)


def declared_as(case: Case) -> Declared:
    environment, social = [], []
    if case.conditions(Pillar.ENVIRONMENT):
        environment.append(_("Clause environnementale"))
    if case.criteria(Pillar.ENVIRONMENT):
        environment.append(_("Critère environnemental"))
    if case.conditions(Pillar.SOCIAL):
        social.append(_("Clause sociale"))
    if case.criteria(Pillar.SOCIAL):
        social.append(_("Critère social"))
    if any(item.item.kind == ClauseKind.RESERVATION for item in case.items):
        social.append(_("Marché réservé"))
    return Declared(
        environment=tuple(environment) or (_("Pas de considération environnementale"),),
        social=tuple(social) or (_("Pas de considération sociale"),),
    )
