"""A clause leaves the library, for a time or for good, and comes back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.library import permissions
from clauses.library.models import Clause
from clauses.library.vocabularies import MAX_LINE, READABLE_STATES, ClauseState
from community.core import audit
from community.core.errors import Invalid, Refused
from community.core.events import ClauseStateChanged, emit
from community.core.richtext import excerpt

from .life import refresh_legal_state
from .publish import change_clause, lock_clause


@transaction.atomic
def mark_obsolete(*, clause: Clause, actor, replaced_by: Clause | None = None) -> Clause:
    """It stays readable with a banner, and is advised no more; `replaced_by` is what to take instead."""
    permissions.require(permissions.can_edit_clause(actor, clause))
    clause = lock_clause(clause.pk)
    if clause.state != ClauseState.PUBLISHED:
        raise Refused(_("Seule une clause publiée devient obsolète."))
    if replaced_by is not None:
        require_successor(clause, replaced_by, actor=actor)
    change_clause(clause, state=ClauseState.OBSOLETE, replaced_by=replaced_by)
    refresh_legal_state(clause)
    return say(clause, "obsolete", actor=actor)


def require_successor(clause: Clause, successor: Clause, *, actor) -> None:
    if successor.pk == clause.pk or not permissions.can_view_clause(actor, successor):
        raise Invalid(_("Indiquez une autre clause, que vous pouvez lire."), field="replaced_by")
    if successor.state != ClauseState.PUBLISHED:
        raise Invalid(_("La clause qui remplace doit être publiée et à jour."), field="replaced_by")
    # What everybody reads must not lead to what few know of.
    if successor.space_id not in (None, clause.space_id):
        raise Invalid(_("Indiquez une clause de la communauté ou du même espace."), field="replaced_by")


@transaction.atomic
def archive_clause(*, clause: Clause, actor) -> Clause:
    """Out of the library; those who answer for it can bring it back."""
    permissions.require(permissions.can_edit_clause(actor, clause))
    clause = lock_clause(clause.pk)
    if clause.state == ClauseState.ARCHIVED:
        raise Refused(_("Cette clause est déjà archivée."))
    return archive_unguarded(clause=clause, actor=actor)


def archive_unguarded(*, clause: Clause, actor) -> Clause:
    """For the site, and for /cms/ once Wagtail checked its own rights. In a transaction."""
    change_clause(clause, state=ClauseState.ARCHIVED, live=False)
    return say(clause, "archived", actor=actor)


@transaction.atomic
def restore_clause(*, clause: Clause, actor) -> Clause:
    """An obsolete or archived clause is advised again; one that was never published is a draft again."""
    permissions.require(permissions.can_edit_clause(actor, clause))
    clause = lock_clause(clause.pk)
    if clause.state not in (ClauseState.OBSOLETE, ClauseState.ARCHIVED):
        raise Refused(_("Cette clause n’est ni obsolète ni archivée."))
    state = ClauseState.PUBLISHED if clause.version else ClauseState.DRAFT
    change_clause(clause, state=state, replaced_by=None, live=state in READABLE_STATES)
    refresh_legal_state(clause)
    return say(clause, "restored", actor=actor)


@transaction.atomic
def hide_clause(*, clause: Clause, actor, reason: str) -> Clause:
    """A moderator takes it out of sight, at once and everywhere; she or another can show it again."""
    permissions.require(permissions.can_view_clause(actor, clause) and permissions.can_moderate(actor, clause))
    reason = excerpt(reason, MAX_LINE)
    if not reason:
        raise Invalid(_("Indiquez un motif : il sera montré aux personnes concernées."), field="reason")
    clause = lock_clause(clause.pk)
    if clause.hidden_at is not None:
        raise Refused(_("Cette clause est déjà masquée."))
    change_clause(clause, hidden_at=timezone.now(), hidden_reason=reason)
    audit.record(
        "hide_clause", actor=actor, kind="clause", object_id=clause.pk, space_id=clause.space_id, reason=reason
    )
    return say(clause, "hidden", actor=actor)


@transaction.atomic
def unhide_clause(*, clause: Clause, actor) -> Clause:
    permissions.require(permissions.can_view_clause(actor, clause) and permissions.can_moderate(actor, clause))
    clause = lock_clause(clause.pk)
    if clause.hidden_at is None:
        raise Refused(_("Cette clause n’est pas masquée."))
    change_clause(clause, hidden_at=None, hidden_reason="")
    audit.record("unhide_clause", actor=actor, kind="clause", object_id=clause.pk, space_id=clause.space_id)
    return say(clause, "unhidden", actor=actor)


def say(clause: Clause, change: str, *, actor) -> Clause:
    emit(ClauseStateChanged(clause_id=clause.pk, change=change, by_id=actor.pk if actor else None))
    return clause
