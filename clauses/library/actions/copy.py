"""A member takes a clause away: kept to tell her when it changes, shown to nobody else."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from clauses.library import permissions
from clauses.library.models import Clause, ClauseCopy
from community.core.ratelimits import Limit, spend

COPY = Limit("clause-copy", times=600, seconds=24 * 60 * 60)


@transaction.atomic
def record_copy(*, clause: Clause, actor, form: str, wording_key: str = "", version: int | None = None) -> ClauseCopy:
    """The version that was read, else that of today. Copied again, it stays one row with its last moment."""
    permissions.require(actor.is_authenticated and permissions.can_view_clause(actor, clause))
    spend(COPY, actor=actor)
    # A tab stays open while the clause changes; no version is later than the present one.
    taken = version if version is not None and 1 <= version <= clause.version else clause.version
    copy, created = ClauseCopy.objects.get_or_create(
        clause=clause, member=actor, version=taken, form=form, defaults={"wording_key": wording_key}
    )
    if not created:
        ClauseCopy.objects.filter(pk=copy.pk).update(last_at=timezone.now(), wording_key=wording_key)
    return copy


@transaction.atomic
def record_copies(*, taken: Collection[tuple[int, int]], actor, form: str) -> None:
    """Of several clauses, each by its pk and the version that was taken: those that the actor may still read."""
    permissions.require(actor.is_authenticated)
    seen = Clause.objects.visible_to(actor).filter(pk__in={pk for pk, _version in taken}).values_list("pk", flat=True)
    readable = set(seen)
    rows = [
        ClauseCopy(clause_id=pk, member=actor, version=version, form=form) for pk, version in taken if pk in readable
    ]
    ClauseCopy.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["clause", "member", "version", "form"], update_fields=["last_at"]
    )
