from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from clauses.dossiers.addresses import item_anchor
from clauses.dossiers.selectors.assembled import Assembled, AssembledItem
from clauses.dossiers.selectors.law_facts import LawFacts
from clauses.library.selectors.pairs import SOCIAL_KINDS
from clauses.library.vocabularies import CONDITIONS, CRITERIA
from community.core.ui import typography
from community.law.models import LegalProvision
from community.taxonomy.models import Pillar


class Tone(StrEnum):
    """GOOD: the point is met. ADVICE: better known. WARNING: to settle before publication."""

    GOOD = "good"
    ADVICE = "advice"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """`why` explains; `law` names articles (label, address), `places` the items (number, anchor)."""

    code: str
    tone: Tone
    title: str
    why: str = ""
    law: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()

    @property
    def icon(self) -> str:
        return {Tone.GOOD: "check", Tone.ADVICE: "info", Tone.WARNING: "triangle-alert"}[self.tone]


@dataclass
class Case:
    """`links`: (relation, clause, clause) among the clauses of the dossier."""

    assembled: Assembled
    facts: LawFacts
    links: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def items(self) -> list[AssembledItem]:
        return [item for item in self.assembled.items if item.is_legible]

    def conditions(self, pillar: str) -> list[AssembledItem]:
        return [item for item in self.items if counts_as_condition(item, pillar)]

    def criteria(self, pillar: str = "") -> list[AssembledItem]:
        found = [item for item in self.items if item.item.kind in CRITERIA]
        return [item for item in found if not pillar or item.item.pillar == pillar]

    def law(self, *keys: str) -> tuple[tuple[str, str], ...]:
        return tuple(named(self.facts.named[key]) for key in keys if key in self.facts.named)


def named(provision: LegalProvision) -> tuple[str, str]:
    return provision.label, provision.get_absolute_url()


def counts_as_condition(item: AssembledItem, pillar: str) -> bool:
    """What is asked of the contractor, whatever the words: a specification asks as a condition does."""
    kind = item.item.kind
    if pillar == Pillar.SOCIAL:
        return kind in SOCIAL_KINDS or (kind in CONDITIONS and item.item.pillar == Pillar.SOCIAL)
    return kind in CONDITIONS - SOCIAL_KINDS and item.item.pillar == pillar


def finding(
    code: str,
    tone: Tone,
    title: str,
    why: str = "",
    *,
    law: tuple[tuple[str, str], ...] = (),
    items: Iterable[AssembledItem] = (),
) -> Finding:
    places = tuple((item.number, item_anchor(item.pk)) for item in items)
    return Finding(code, tone, typography(title), typography(why), law, places)
