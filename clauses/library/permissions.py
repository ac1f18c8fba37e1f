"""Who may see and do what with a clause; the list shape of the sight rules is in `querysets`."""

from community.members.models import Expertise, ExpertiseKind
from community.spaces import permissions as spaces
from community.spaces.permissions import require

from .models import Clause, EditSuggestion, SuggestionState
from .querysets import READABLE, REVIEWING, edits_open_clauses
from .vocabularies import ClauseState, Consolidation

__all__ = ["require"]


def can_view_clause(viewer, clause: Clause) -> bool:
    # Its author keeps what she wrote, until it is archived, as long as she may enter the place where it stands.
    if viewer.is_authenticated and clause.author_id == viewer.pk and clause.state != ClauseState.ARCHIVED:
        return spaces.can_view_content(viewer, clause.space)
    if not spaces.can_view_content(viewer, clause.space, written_at=clause.created_at):
        return False
    # What was published and not hidden is for all who read there.
    if clause.state in READABLE and clause.hidden_at is None:
        return True
    # The rest is for those who answer for it, and, in the open community, for those asked to read it again.
    return _answers_for(viewer, clause) or _reads_again(viewer, clause)


def _answers_for(viewer, clause: Clause) -> bool:
    """The editors of the open community, a space's reviewers and above; in an archived space, to read only."""
    if not viewer.is_authenticated:
        return False
    if clause.space_id is None:
        return edits_open_clauses(viewer)
    return spaces.role_in(viewer, clause.space) in REVIEWING


def _reads_again(viewer, clause: Clause) -> bool:
    if not viewer.is_authenticated or clause.space_id is not None:
        return False
    if clause.state != ClauseState.IN_REVIEW or clause.hidden_at is not None:
        return False
    return has_expertise(viewer, clause)


def has_expertise(viewer, clause: Clause, *, kind: str = "") -> bool:
    """A jurist reads everything; an expert, her families or all."""
    mine = list(Expertise.objects.current().filter(member=viewer).values_list("kind", "family"))
    families = {None, clause.family_id, clause.family.parent_id if clause.family else None}
    return any(
        which == ExpertiseKind.JURIST or family in families for which, family in mine if not kind or which == kind
    )


def can_propose_clause(member, space=None) -> bool:
    """May the member write a clause for this space (none: the open community)? It is then read before publication."""
    return spaces.can_ask_in(member, space)


def can_edit_clause(member, clause: Clause) -> bool:
    """May the member change the text, publish it, decide on suggestions?"""
    # What a space keeps once archived is read, and changes no more.
    if clause.space is not None and clause.space.archived_at is not None:
        return False
    # The open community's clauses are the editors'; a space's own its reviewers', nobody's from outside.
    return can_view_clause(member, clause) and _answers_for(member, clause)


def can_mend(member, clause: Clause) -> bool:
    """May the member bring the citations of a published clause up to date?"""
    return Clause.objects.mendable_by(member).filter(pk=clause.pk).exists()


def can_correct_proposal(member, clause: Clause) -> bool:
    """May the author still change what she proposed? Until it is published."""
    if not member.is_authenticated or clause.author_id != member.pk:
        return can_edit_clause(member, clause)
    return clause.state in (ClauseState.DRAFT, ClauseState.IN_REVIEW) and can_view_clause(member, clause)


def can_suggest(member, clause: Clause) -> bool:
    """May the member propose changes to a published text?"""
    if not member.is_authenticated or clause.state != ClauseState.PUBLISHED:
        return False
    return can_view_clause(member, clause) and spaces.can_write_in(member, clause.space)


def can_view_suggestion(viewer, suggestion: EditSuggestion) -> bool:
    if not viewer.is_authenticated:
        return False
    own = suggestion.author_id == viewer.pk
    if suggestion.state == SuggestionState.WITHDRAWN and not own:
        return False
    return can_view_clause(viewer, suggestion.clause)


def can_decide(member, suggestion: EditSuggestion) -> bool:
    return can_edit_clause(member, suggestion.clause)


def can_withdraw(member, suggestion: EditSuggestion) -> bool:
    return member.is_authenticated and suggestion.author_id == member.pk


def can_consolidate(member, clause: Clause, level: int) -> bool:
    """May the member say that the clause was read again at this level?"""
    if not member.is_authenticated or not can_view_clause(member, clause):
        return False
    # Nobody validates their own text.
    if clause.author_id == member.pk:
        return False
    if level == Consolidation.PEER:
        return member.is_verified and (can_edit_clause(member, clause) or has_expertise(member, clause))
    if level == Consolidation.NETWORK:
        return spaces.approves_members(member) and member.is_verified
    if level == Consolidation.JURIST:
        return has_expertise(member, clause, kind=ExpertiseKind.JURIST)
    return False


def can_moderate(member, clause: Clause) -> bool:
    return spaces.can_moderate(member, clause.space)
