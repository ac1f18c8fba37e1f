"""Telling the persons of every dossier that holds a clause: one task a fact, idempotent."""

from django_tasks import task

from clauses.library.models import Clause
from community.notifications.actions import tell_again
from community.notifications.tasks import fan_out

from .selectors.dossier import dossiers_holding, person_ids

VERSION = "dossier_clause_version"


@task()
def tell_dossiers(*, clause_id: int, reason: str, by_id: int | None) -> int:
    """Returns how many dossiers were told. A dossier that took the version meanwhile is not."""
    clause = Clause.objects.filter(pk=clause_id).first()
    if clause is None:
        return 0
    told = 0
    for dossier in dossiers_holding(clause_id, before_version=clause.version if reason == VERSION else None):
        tell_again(reason=reason, kind="dossier", pk=dossier.pk)
        key = ["dossier", dossier.pk]
        fan_out.enqueue(
            reason=reason, subject=key, target=key, actor_id=by_id, member_ids=person_ids(dossier), only=True
        )
        told += 1
    return told
