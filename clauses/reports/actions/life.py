"""Taking a report back, deleting what nobody else reads, hiding and restoring, « utile »."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.reports import permissions
from clauses.reports.models import ExperienceReport, ReportUseful
from clauses.reports.story import one_line
from clauses.reports.vocabularies import ReportState
from community.core import audit
from community.core.errors import Invalid, Refused
from community.core.events import ExperienceMarked, ExperienceStateChanged, emit
from community.core.ratelimits import Limit, spend
from community.core.references import record_references
from community.notifications.actions import forget_content

KIND = "experience_report"
MAX_REASON = 300
MARKS = Limit("experience-useful", times=200, seconds=24 * 60 * 60)


@transaction.atomic
def withdraw_experience(*, report: ExperienceReport, actor) -> ExperienceReport:
    """Its author takes it back: nobody else reads it, nor is told of it, from now on."""
    report = _lock(report)
    permissions.require(permissions.can_withdraw(actor, report))
    _change(report, state=ReportState.WITHDRAWN)
    forget_content(kind=KIND, pk=report.pk)
    emit(ExperienceStateChanged(report_id=report.pk, change="withdrawn", by_id=actor.pk))
    return report


@transaction.atomic
def delete_experience(*, report: ExperienceReport, actor) -> None:
    """For good; what is published is taken back first. The nightly purge deletes the files of what is no more."""
    report = _lock(report)
    permissions.require(permissions.can_delete(actor, report))
    pk = report.pk
    record_references(kind=KIND, pk=pk, paths=(), text="")
    report.delete()
    forget_content(kind=KIND, pk=pk)
    emit(ExperienceStateChanged(report_id=pk, change="deleted", by_id=actor.pk))


@transaction.atomic
def hide_experience(*, report: ExperienceReport, actor, reason: str) -> ExperienceReport:
    """A moderator's: the author and those who moderate there still read it."""
    report = _lock(report)
    permissions.require(permissions.can_hide(actor, report))
    reason = one_line(reason)[:MAX_REASON]
    if not reason:
        raise Invalid(_("Indiquez un motif : il sera montré aux personnes concernées."), field="reason")
    if report.hidden_at is not None:
        raise Refused(_("Ce récit est déjà masqué."))
    _change(report, hidden_at=timezone.now(), hidden_by=actor, hidden_reason=reason)
    _say(report, "hidden", actor=actor, reason=reason)
    return report


@transaction.atomic
def restore_experience(*, report: ExperienceReport, actor) -> ExperienceReport:
    report = _lock(report)
    permissions.require(permissions.can_hide(actor, report))
    if report.hidden_at is None:
        raise Refused(_("Ce récit n’est pas masqué."))
    _change(report, hidden_at=None, hidden_by=None, hidden_reason="")
    _say(report, "restored", actor=actor)
    return report


@transaction.atomic
def toggle_useful(*, report: ExperienceReport, actor) -> bool:
    """« Utile », or no longer; says which."""
    permissions.require(permissions.can_mark_useful(actor, report))
    spend(MARKS, actor=actor)
    deleted, _detail = ReportUseful.objects.filter(report=report, member=actor).delete()
    if deleted:
        change = -1
    else:
        made = ReportUseful.objects.bulk_create([ReportUseful(report=report, member=actor)], ignore_conflicts=True)
        change = len(made)
    ExperienceReport.objects.filter(pk=report.pk).update(useful_count=F("useful_count") + change)
    emit(ExperienceMarked(report_id=report.pk))
    return not deleted


def _lock(report: ExperienceReport) -> ExperienceReport:
    locked = ExperienceReport.objects.select_for_update(of=("self",)).select_related("space").filter(pk=report.pk)
    found = locked.first()
    if found is None:
        raise Refused(_("Ce récit n’existe plus."))
    return found


def _change(report: ExperienceReport, **columns) -> None:
    for name, value in columns.items():
        setattr(report, name, value)
    report.version += 1
    report.save(update_fields=[*columns, "version", "changed_at"])


def _say(report: ExperienceReport, change: str, *, actor, reason: str = "") -> None:
    audit.record(
        f"{'hide' if change == 'hidden' else 'restore'}_experience",
        actor=actor,
        kind=KIND,
        object_id=report.pk,
        space_id=report.space_id,
        reason=reason,
    )
    emit(ExperienceStateChanged(report_id=report.pk, change=change, by_id=actor.pk))
