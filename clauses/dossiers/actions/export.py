from django.db import transaction

from clauses.dossiers import permissions
from clauses.dossiers.selectors.assembled import Assembled
from clauses.library.actions.copy import record_copies
from community.core.ratelimits import Limit, spend

EXPORT = Limit("dossier-export", times=60, seconds=60 * 60, newcomer=20)


@transaction.atomic
def take_away(*, assembled: Assembled, actor, form: str, documents: tuple[str, ...]) -> None:
    """Before a file is written: who takes it may read it, not too often; the clauses count as taken by her.

    Nobody but the persons of a dossier takes anything of it, the link of a reviewer neither.
    """
    permissions.require(permissions.can_view_dossier(actor, assembled.dossier))
    spend(EXPORT, actor=actor)
    found = [item for each in assembled.documents if each.document in documents for item in each.items]
    taken = {
        (item.item.clause_id, item.taken_version)
        for item in found
        if item.is_legible and item.item.clause_id and item.taken_version
    }
    record_copies(taken=taken, actor=actor, form=form)
