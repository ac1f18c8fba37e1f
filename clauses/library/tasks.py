"""Background work: ids in, rows reloaded, harmless when run twice."""

from django_tasks import task

from community.core.models import Reference
from community.law.selectors.citing import moved_with
from community.notifications.actions import tell_again
from community.notifications.tasks import fan_out

from .actions.life import refresh_all_legal_states, refresh_legal_states
from .actions.publish import change_clause
from .models import Clause, ClauseCopy
from .vocabularies import READABLE_STATES


@task()
def follow_calendar() -> int:
    """Each night: reading dates and validity dates that passed, texts whose repeal takes effect."""
    return refresh_all_legal_states()


@task()
def follow_law(*, cause_kind: str, cause_id: int, change: str, day: str, by_id: int | None) -> int:
    """A text changed: the clauses that the review queue takes are marked too, and those who took one away are told."""
    citing = Reference.objects.filter(moved_with(cause_kind, cause_id, change), source_kind="clause")
    waiting = Clause.objects.filter(pk__in=citing.values("source_id"), state__in=READABLE_STATES)
    found = list(waiting.order_by("pk"))
    for clause in found:
        change_clause(clause, law_moved_on=day)
    refresh_legal_states(found)
    for clause in found:
        tell_copiers(clause.pk, "clause_law_changed", target=("clause", clause.pk), by_id=by_id)
    return len(found)


def tell_copiers(clause_id: int, reason: str, *, target: tuple[str, int], by_id: int | None) -> None:
    """Those who took a version away, in one task; whether they may still read is checked when it runs."""
    ids = copiers_of(clause_id)
    if not ids:
        return
    tell_again(reason=reason, kind=target[0], pk=target[1])
    fan_out.enqueue(
        reason=reason,
        subject=["clause", clause_id],
        target=list(target),
        actor_id=by_id,
        essential=True,
        member_ids=ids,
        only=True,
    )


def copiers_of(clause_id: int) -> list[int]:
    return list(ClauseCopy.objects.filter(clause=clause_id).order_by().values_list("member", flat=True).distinct())
