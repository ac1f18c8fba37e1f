"""« Ce marché compte comme »: the words of the essential data (considerations), from what applies."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .findings import Finding, Status, Want

ENVIRONMENT = {Want.CONDITION: _("Clause environnementale"), Want.CRITERION: _("Critère environnemental")}
SOCIAL = {Want.SOCIAL_CONDITION: _("Clause sociale")}
NOTHING = _("Pas de considération")


@dataclass(frozen=True)
class Declared:
    """`is_open`: a point still to check could add to it."""

    environment: tuple[str, ...]
    social: tuple[str, ...]
    is_open: bool


def declared_as(findings: Iterable[Finding]) -> Declared:
    found = [finding for finding in findings if finding.wants]
    due = {finding.wants for finding in found if finding.applies}
    environment = tuple(str(word) for want, word in ENVIRONMENT.items() if want in due)
    social = tuple(str(word) for want, word in SOCIAL.items() if want in due)
    return Declared(
        environment=environment or (str(NOTHING),),
        social=social or (str(NOTHING),),
        is_open=any(finding.status == Status.TO_CHECK for finding in found),
    )
