"""Where a clause stands in law: recomputed when what it cites moves, when a date passes, when it is read again."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from clauses.library.models import Clause
from clauses.library.vocabularies import READABLE_STATES, ClauseState, LegalState
from community.core.events import ClauseLegalStateChanged, emit
from community.core.models import Reference
from community.law.models import LegalProvision, LegalText

BATCH = 500


def legal_state_of(clause: Clause, *, today: date, cites_out_of_force: bool) -> LegalState:
    # What is no longer advised, or outlived its own dates.
    if clause.state == ClauseState.OBSOLETE or (clause.valid_until and clause.valid_until < today):
        return LegalState.OBSOLETE
    # A text it stands on is repealed or replaced.
    if cites_out_of_force:
        return LegalState.TO_REVIEW
    # A text it stands on changed since somebody last read it again.
    if clause.law_moved_on:
        return LegalState.TO_REVIEW
    # The day by which it had to be read again is past.
    if clause.review_by and clause.review_by < today:
        return LegalState.TO_REVIEW
    return LegalState.CURRENT


def refresh_legal_state(clause: Clause) -> bool:
    """Says whether it changed."""
    return bool(refresh_legal_states([clause]))


def refresh_legal_states(clauses: list[Clause]) -> list[int]:
    """Those whose state changed; a few queries for all of them, and one event each for what changed."""
    today = timezone.localdate()
    outdated = citing_out_of_force([clause.pk for clause in clauses], today)
    changed = []
    for clause in clauses:
        state = legal_state_of(clause, today=today, cites_out_of_force=clause.pk in outdated)
        if state != clause.legal_state:
            clause.legal_state = state
            Clause.objects.filter(pk=clause.pk).update(legal_state=state)
            changed.append(clause.pk)
            emit(ClauseLegalStateChanged(clause_id=clause.pk, legal_state=state))
    return changed


def citing_out_of_force(pks: list[int], today: date) -> set[int]:
    """The clauses that cite, by their bases or in their words, what is not in force any more."""
    if not pks:
        return set()
    texts = LegalText.objects.out_of_force(today).values("pk")
    provisions = LegalProvision.objects.filter(Q(repealed_on__lte=today) | Q(text__repealed_on__lte=today)).values("pk")
    cited = Q(target_kind="legal_text", target_id__in=texts) | Q(
        target_kind="legal_provision", target_id__in=provisions
    )
    rows = Reference.objects.filter(cited, source_kind="clause", source_id__in=pks)
    return set(rows.values_list("source_id", flat=True))


def refresh_all_legal_states() -> int:
    """Every readable clause, in batches: what the calendar moved since yesterday."""
    changed, last = 0, 0
    clauses = Clause.objects.filter(state__in=READABLE_STATES).order_by("pk")
    while batch := list(clauses.filter(pk__gt=last)[:BATCH]):
        changed += len(refresh_legal_states(batch))
        last = batch[-1].pk
    return changed
