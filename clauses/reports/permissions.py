"""Who may say and read what: the predicate shape of the rules whose list shape is in `querysets`."""

from clauses.library.models import Clause
from clauses.library.permissions import can_view_clause
from clauses.library.vocabularies import READABLE_STATES
from community.spaces import permissions as spaces
from community.spaces.permissions import require

from .models import ExperienceReport, UsageAsk, UsageReport
from .vocabularies import Naming, ReportState

__all__ = ["require"]


def can_report(member, clause: Clause) -> bool:
    # An obsolete clause was used, too: what became of it is worth knowing.
    if not member.is_authenticated or clause.state not in READABLE_STATES:
        return False
    return can_view_clause(member, clause)


def can_edit_report(member, report: UsageReport) -> bool:
    if not member.is_authenticated or report.member_id != member.pk:
        return False
    return can_view_clause(member, report.clause)


def can_view_ask(viewer, ask: UsageAsk) -> bool:
    """Who was asked, as long as she reads the clause."""
    if not viewer.is_authenticated or ask.member_id != viewer.pk:
        return False
    return can_view_clause(viewer, ask.clause)


def can_view_experience(viewer, report: ExperienceReport) -> bool:
    # Its author keeps what she wrote, as long as she may enter the place where it stands.
    if viewer.is_authenticated and report.author_id == viewer.pk:
        return spaces.can_view_content(viewer, report.space)
    # A draft, or a report taken back, is nobody else's.
    if report.state != ReportState.PUBLISHED:
        return False
    if not spaces.can_view_content(viewer, report.space, written_at=report.published_at):
        return False
    # What was hidden is for those who moderate there.
    return report.hidden_at is None or can_moderate(viewer, report)


def can_tell_in(member, space=None) -> bool:
    """May the member publish a report here (no space: the open community)?"""
    return spaces.can_ask_in(member, space)


def can_edit_experience(member, report: ExperienceReport) -> bool:
    """Its author, where she may still write; others ask her to."""
    if not member.is_authenticated or report.author_id != member.pk:
        return False
    # What a moderator hid is not republished by an edit.
    if report.hidden_at is not None:
        return False
    return can_view_experience(member, report) and can_tell_in(member, report.space)


def can_withdraw(member, report: ExperienceReport) -> bool:
    """Its author, at any time: even from a place where she writes no more."""
    return member.is_authenticated and report.author_id == member.pk and report.state == ReportState.PUBLISHED


def can_delete(member, report: ExperienceReport) -> bool:
    """Its author, what nobody else reads. A hidden report stays: it is the object of a decision."""
    if not member.is_authenticated or report.author_id != member.pk:
        return False
    return report.state != ReportState.PUBLISHED and report.hidden_at is None


def can_moderate(member, report: ExperienceReport) -> bool:
    return spaces.can_moderate(member, report.space)


def can_hide(member, report: ExperienceReport) -> bool:
    return report.state == ReportState.PUBLISHED and can_moderate(member, report)


def can_mark_useful(member, report: ExperienceReport) -> bool:
    # Nobody finds their own story useful.
    if not member.is_authenticated or report.author_id == member.pk:
        return False
    return report.is_published and can_view_experience(member, report)


def can_discuss(member, report: ExperienceReport) -> bool:
    """May the member open the thread where the report is discussed, in the place where it stands?"""
    if not report.is_published or report.hidden_at is not None:
        return False
    return can_view_experience(member, report) and spaces.can_ask_in(member, report.space)


def hides_name(report: ExperienceReport) -> bool:
    return report.naming != Naming.NAME


def can_speak_privately(member, report: ExperienceReport) -> bool:
    """Moderators and an author whose name is hidden, about what is published: the exchange tells no name."""
    if not hides_name(report) or not report.is_published or not can_view_experience(member, report):
        return False
    return member.is_authenticated and (report.author_id == member.pk or can_moderate(member, report))


def can_read_past(viewer, report: ExperienceReport) -> bool:
    """What an edit took out of a text may be what told who wrote it: the past of a report that hides something of its
    author is for her alone, moderators included.
    """
    if viewer.is_authenticated and report.author_id == viewer.pk:
        return can_view_experience(viewer, report)
    return hides_nothing(report) and can_view_experience(viewer, report)


def hides_nothing(report: ExperienceReport) -> bool:
    return report.naming == Naming.NAME and not report.hides_organisation and not report.rounds
