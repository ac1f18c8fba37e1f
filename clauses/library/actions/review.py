"""Somebody reads a clause again: gives it a level, or asks for another text."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.library import limits, permissions
from clauses.library.models import Clause, ClauseReview
from clauses.library.vocabularies import MAX_LINE, ClauseState, Consolidation
from community.core.errors import Invalid, Refused
from community.core.events import ClauseReviewed, ClauseSentBack, emit
from community.core.ratelimits import spend
from community.core.richtext import excerpt
from community.spaces.models import Membership, Space

from .life import refresh_legal_state
from .publish import change_clause, lock_clause

MAX_NOTE = 600
READ_AGAIN = (ClauseState.IN_REVIEW, ClauseState.PUBLISHED)


@transaction.atomic
def consolidate_clause(
    *, clause: Clause, actor, level: int, version: int, note: str = "", review_by: date | None = None
) -> ClauseReview:
    """Keeps who read which version again, at which level; the clause carries the highest of its present text.

    `version` is the one read: another has come out since, nothing is said of it. Whoever answers for the law or for
    the text also says by that that what moved was taken into account. `review_by` sets the next reading.
    """
    permissions.require(permissions.can_consolidate(actor, clause, level))
    clause = lock_clause(clause.pk)
    if clause.state not in READ_AGAIN or clause.hidden_at is not None:
        raise Refused(_("Seule une clause en relecture ou publiée reçoit un niveau de relecture."))
    if clause.version != version:
        raise Refused(_("Une autre version est parue pendant votre lecture : relisez-la."))
    if review_by is not None and review_by <= timezone.localdate():
        raise Invalid(_("Donnez une date de relecture à venir."), field="review_by")
    spend(limits.REVIEW, actor=actor)
    review = ClauseReview.objects.create(
        clause=clause,
        version=version,
        level=level,
        reviewer=actor,
        network=network_of(actor) if level == Consolidation.NETWORK else None,
        note=excerpt(note, MAX_LINE),
    )
    columns = {"reviewed_on": timezone.localdate(), "reviewed_by": actor}
    columns["consolidation"] = max(clause.consolidation, level)
    if level == Consolidation.JURIST or permissions.can_edit_clause(actor, clause):
        columns["law_moved_on"] = None
    if review_by is not None:
        columns["review_by"] = review_by
    change_clause(clause, **columns)
    refresh_legal_state(clause)
    emit(ClauseReviewed(clause_id=clause.pk, review_id=review.pk, by_id=actor.pk))
    return review


def network_of(actor) -> Space | None:
    animated = Membership.objects.moderating().filter(member=actor, space__kind="network", space__archived_at=None)
    found = animated.select_related("space").order_by("pk").first()
    return found.space if found else None


@transaction.atomic
def send_back(*, clause: Clause, actor, note: str) -> Clause:
    """Returns a text that waits to its author, with what to change."""
    permissions.require(permissions.can_edit_clause(actor, clause))
    note = excerpt(note, MAX_NOTE)
    if not note:
        raise Invalid(_("Dites ce qu’il faut changer : la personne qui a proposé le lira."), field="note")
    clause = lock_clause(clause.pk)
    if clause.state != ClauseState.IN_REVIEW:
        raise Refused(_("Cette clause n’est pas en relecture."))
    change_clause(clause, state=ClauseState.DRAFT, review_note=note)
    emit(ClauseSentBack(clause_id=clause.pk, by_id=actor.pk))
    return clause
