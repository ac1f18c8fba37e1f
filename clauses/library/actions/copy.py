"""A member takes a clause away: kept to tell her when it changes, shown to nobody else."""

from django.db import transaction
from django.utils import timezone

from clauses.library import permissions
from clauses.library.models import Clause, ClauseCopy
from community.core.ratelimits import Limit, spend

COPY = Limit("clause-copy", times=600, seconds=24 * 60 * 60)


@transaction.atomic
def record_copy(*, clause: Clause, actor, form: str, wording_key: str = "") -> ClauseCopy:
    """The version of today. Copied again, it stays one row with its last moment."""
    permissions.require(actor.is_authenticated and permissions.can_view_clause(actor, clause))
    spend(COPY, actor=actor)
    copy, created = ClauseCopy.objects.get_or_create(
        clause=clause, member=actor, version=clause.version, form=form, defaults={"wording_key": wording_key}
    )
    if not created:
        ClauseCopy.objects.filter(pk=copy.pk).update(last_at=timezone.now(), wording_key=wording_key)
    return copy
