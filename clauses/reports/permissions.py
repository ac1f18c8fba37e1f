"""Who may say what became of a clause: whoever reads it, once published; one's own report, its author."""

from clauses.library.models import Clause
from clauses.library.permissions import can_view_clause
from clauses.library.vocabularies import READABLE_STATES
from community.spaces.permissions import require

from .models import UsageReport

__all__ = ["can_edit_report", "can_report", "require"]


def can_report(member, clause: Clause) -> bool:
    # An obsolete clause was used, too: what became of it is worth knowing.
    if not member.is_authenticated or clause.state not in READABLE_STATES:
        return False
    return can_view_clause(member, clause)


def can_edit_report(member, report: UsageReport) -> bool:
    if not member.is_authenticated or report.member_id != member.pk:
        return False
    return can_view_clause(member, report.clause)
