"""Pairs of a condition and the criterion that notes it: what the law asks of a contract since August 2026.

`pairs_for` is what the checker and the pages of families show: of the family first, then of its parent, then for
every purchase. Three queries whatever the number of clauses, each through what the viewer may see.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from community.core.sight import PreparedSight
from community.taxonomy.models import Pillar, PurchaseFamily

from ..models import Clause, ClauseLink
from ..vocabularies import CONDITIONS, CRITERIA, ClauseKind, LegalState, Relation
from .library import cards

CONDITION, CRITERION, SOCIAL_CONDITION = "condition", "criterion", "social_condition"
SOCIAL_KINDS = frozenset({ClauseKind.SOCIAL_CONDITION, ClauseKind.INSERTION, ClauseKind.TRAINING})
MAX_PAIRS = 3
# What is weighed before the best are shown; the most used first.
MAX_CANDIDATES = 400
NATURE_FIELDS = {
    "supplies": "for_supplies",
    "services": "for_services",
    "works": "for_works",
    "concession": "for_concessions",
}
OF_FAMILY, OF_PARENT, OF_ALL = range(3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause as far as choosing it goes. `nearness`: of the family, of its parent, of all purchases."""

    pk: int
    kind: str
    pillar: str
    legal_state: str
    ambition: int
    use_count: int
    nearness: int

    @property
    def is_condition(self) -> bool:
        return self.kind in CONDITIONS

    @property
    def is_criterion(self) -> bool:
        return self.kind in CRITERIA

    @property
    def is_social(self) -> bool:
        return self.kind in SOCIAL_KINDS or self.pillar == Pillar.SOCIAL

    @property
    def answers(self) -> str:
        """Which want it satisfies; empty for a criterion that is neither environmental nor social."""
        if self.is_criterion:
            return CRITERION if self.pillar == Pillar.ENVIRONMENT else ""
        if self.is_social:
            return SOCIAL_CONDITION
        return CONDITION if self.pillar == Pillar.ENVIRONMENT else ""

    @property
    def rank(self) -> tuple:
        """In force before to review, of the family before its parent, what answers exactly, modest before bold."""
        is_exact = self.kind in (ClauseKind.ENVIRONMENTAL_CONDITION, ClauseKind.CRITERION, *SOCIAL_KINDS)
        return (self.legal_state != LegalState.CURRENT, self.nearness, not is_exact, self.ambition, -self.use_count)


@dataclass(frozen=True, slots=True)
class Pair:
    """`want`: condition or social_condition. One half may be missing: the other is shown alone."""

    want: str
    condition: Clause | None = None
    criterion: Clause | None = None
    nearness: int = OF_ALL

    @property
    def is_whole(self) -> bool:
        return self.condition is not None and self.criterion is not None


@dataclass(frozen=True, slots=True)
class Pairs:
    """`unanswered`: what was wanted and no clause in sight satisfies."""

    pairs: list[Pair] = field(default_factory=list)
    unanswered: frozenset[str] = frozenset()


def pairs_for(viewer, family, wants: Iterable[str], *, nature: str = "", limit: int = MAX_PAIRS) -> Pairs:
    """`family`: a PurchaseFamily or none; `wants`: condition, criterion, social_condition; `nature` as the law room
    names them, to leave out what is written for others.
    """
    wanted = frozenset(str(want) for want in wants)
    if not wanted:
        return Pairs()
    candidates = find_candidates(viewer, family, nature)
    links = find_links(candidates.keys())
    chosen: list[tuple[str, Candidate | None, Candidate | None]] = []
    if wanted & {CONDITION, CRITERION}:
        chosen += choose(candidates, links, CONDITION, limit)
    if SOCIAL_CONDITION in wanted:
        chosen += choose(candidates, links, SOCIAL_CONDITION, limit)
    found = read_cards(chosen)
    answered = {half.answers for _want, *halves in chosen for half in halves if half is not None}
    return Pairs(pairs=found, unanswered=wanted - answered)


def find_candidates(viewer, family, nature: str) -> dict[int, Candidate]:
    """In the order of `rank`."""
    own = set(family_pks(family))
    found = [
        Candidate(*row, nearness=nearness_of(of, parent, family, own))
        for *row, of, parent in read_candidates(viewer, family, nature)
    ]
    return {candidate.pk: candidate for candidate in sorted(found, key=lambda each: (each.rank, each.pk))}


def read_candidates(viewer, family, nature: str) -> list[tuple]:
    """On every page of a family and every answer of the checker: the rule is put in words once."""
    numbers = {}
    if family is not None:
        numbers["family"] = family.pk
        if family.parent_id is not None:
            numbers["parent"] = family.parent_id
    return _candidates.rows(viewer, nature, **numbers)


def candidates_of(viewer, family, nature: str):
    near = nearness_q(family)
    rows = (
        Clause.objects.visible_to(viewer)
        .published()
        .exclude(legal_state=LegalState.OBSOLETE)
        .of_kind(*CONDITIONS, *CRITERIA)
        .filter(near[OF_FAMILY] | near[OF_PARENT] | near[OF_ALL])
    )
    if nature in NATURE_FIELDS:
        written_for_none = Q(**dict.fromkeys(NATURE_FIELDS.values(), False))
        rows = rows.filter(Q(**{NATURE_FIELDS[nature]: True}) | written_for_none)
    values = rows.order_by("-use_count", "-pk").values_list(
        "pk", "kind", "pillar", "legal_state", "ambition", "use_count", "family", "family__parent"
    )
    return values[:MAX_CANDIDATES]


def family_like(family: int | None = None, parent: int | None = None) -> PurchaseFamily | None:
    return None if family is None else PurchaseFamily(pk=family, parent_id=parent)


_candidates = PreparedSight(lambda viewer, nature, **numbers: candidates_of(viewer, family_like(**numbers), nature))


def family_pks(family) -> list[int]:
    return [] if family is None else [family.pk]


def nearness_q(family) -> tuple[Q, Q, Q]:
    of_all = Q(family=None)
    if family is None:
        return Q(pk__in=[]), Q(pk__in=[]), of_all
    through = Clause.other_families.through.objects
    own = Q(family=family) | Q(family__parent=family)
    own |= Q(pk__in=through.filter(purchasefamily=family).values("clause"))
    parent = Q(pk__in=[])
    if family.parent_id is not None:
        parent = Q(family=family.parent_id)
        parent |= Q(pk__in=through.filter(purchasefamily=family.parent_id).values("clause"))
    return own, parent, of_all


def nearness_of(of: int | None, parent: int | None, family, own: Collection[int]) -> int:
    if of is None and parent is None:
        return OF_ALL
    if of in own or parent in own:
        return OF_FAMILY
    # Its parent's, or filed under one of both besides its own.
    return OF_PARENT if family is not None and of == family.parent_id else OF_FAMILY


def find_links(pks: Collection[int]) -> dict[int, list[int]]:
    """The other halves of each clause, both ways; both ends are candidates, hence seen by the viewer."""
    keys = list(pks)
    found: dict[int, list[int]] = {}
    rows = ClauseLink.objects.filter(
        relation__in=(Relation.PAIR, Relation.REQUIREMENT), clause__in=keys, target__in=keys
    )
    for one, other in rows.values_list("clause", "target"):
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def choose(
    candidates: dict[int, Candidate], links: dict[int, list[int]], want: str, limit: int
) -> list[tuple[str, Candidate | None, Candidate | None]]:
    """Whole pairs, each condition and each criterion once; failing any, the best of each half alone."""
    conditions = [each for each in candidates.values() if each.is_condition and each.answers == want]
    whole: list[tuple[str, Candidate | None, Candidate | None]] = []
    used: set[int] = set()
    for condition in conditions:
        criterion = best_criterion(candidates, links.get(condition.pk, []), used)
        if criterion is not None:
            used.add(criterion.pk)
            whole.append((want, condition, criterion))
    if whole:
        return sorted(whole, key=by_worst_half)[:limit]
    criteria = [each for each in candidates.values() if each.answers == CRITERION] if want == CONDITION else []
    alone = [(want, condition, None) for condition in conditions[:1]]
    return [*alone, *((want, None, criterion) for criterion in criteria[:1])]


def by_worst_half(pair: tuple[str, Candidate | None, Candidate | None]) -> tuple:
    """A pair is in force when both halves are; the rest follows its condition, in the order it came."""
    return (any(half is not None and half.legal_state != LegalState.CURRENT for half in pair[1:]),)


def best_criterion(candidates: dict[int, Candidate], pks: list[int], used: set[int]) -> Candidate | None:
    halves = [candidates[pk] for pk in pks if pk in candidates and candidates[pk].is_criterion and pk not in used]
    return min(halves, key=lambda each: (each.rank, each.pk), default=None)


def read_cards(chosen: list[tuple[str, Candidate | None, Candidate | None]]) -> list[Pair]:
    pks = list(dict.fromkeys(half.pk for _want, *halves in chosen for half in halves if half is not None))
    found = {clause.pk: clause for clause in cards(pks)}
    pairs = []
    for want, condition, criterion in chosen:
        halves = [half for half in (condition, criterion) if half is not None]
        pairs.append(
            Pair(
                want=want,
                condition=found.get(condition.pk) if condition else None,
                criterion=found.get(criterion.pk) if criterion else None,
                nearness=min(half.nearness for half in halves),
            )
        )
    return pairs
