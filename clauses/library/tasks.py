"""Background work: ids in, rows reloaded, harmless when run twice."""

from django.db.models import Q
from django_tasks import task

from community.core.models import Reference
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
def follow_law(*, cause_kind: str, cause_id: int, day: str, by_id: int | None, whole: bool = False) -> int:
    """A text changed: the clauses that cite it are to be read again, and those who took one away are told.

    `whole`: those that cite the text as such, not one of its articles.
    """
    in_words = Reference.objects.filter(source_kind="clause", target_kind=cause_kind, target_id=cause_id)
    by_bases = Clause.objects.citing(**{"texts" if cause_kind == "legal_text" else "provisions": [cause_id]})
    if whole:
        by_bases = Clause.objects.filter(bases__text=cause_id)
    citing = Q(pk__in=in_words.values("source_id")) | Q(pk__in=by_bases.values("pk"))
    found = list(Clause.objects.filter(citing, state__in=READABLE_STATES).order_by("pk"))
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
