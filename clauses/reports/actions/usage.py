"""« Je l’ai utilisée dans un marché »: said, put right, taken back; the clause counts them."""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from clauses.library.models import Clause
from clauses.reports import permissions
from clauses.reports.models import UsageReport
from clauses.reports.vocabularies import Outcome
from community.core.events import ClauseUsed, ClauseUseWithdrawn, emit
from community.core.ratelimits import Limit, spend

REPORT = Limit("clause-usage", times=30, seconds=24 * 60 * 60, newcomer=5)


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What a member says of one contract; everything may be left unsaid."""

    adapted: bool | None = None
    bids: int | None = None
    outcome: str = Outcome.UNKNOWN
    would_reuse: bool | None = None
    difficulty: str = ""
    note: str = ""


@transaction.atomic
def report_usage(*, clause: Clause, actor, usage: Usage, client_token: UUID | None = None) -> UsageReport:
    """One contract; a form sent twice is one report."""
    permissions.require(permissions.can_report(actor, clause))
    if client_token and (sent := UsageReport.objects.filter(member=actor, client_token=client_token).first()):
        return sent
    spend(REPORT, actor=actor)
    try:
        with transaction.atomic():
            report = UsageReport.objects.create(
                clause=clause, member=actor, version=clause.version, client_token=client_token, **asdict(usage)
            )
    except IntegrityError:
        # The same form arrived twice at once.
        return UsageReport.objects.get(member=actor, client_token=client_token)
    _count(clause.pk, 1)
    emit(ClauseUsed(clause_id=clause.pk, report_id=report.pk))
    return report


@transaction.atomic
def edit_usage(*, report: UsageReport, actor, usage: Usage) -> None:
    permissions.require(permissions.can_edit_report(actor, report))
    for name, value in asdict(usage).items():
        setattr(report, name, value)
    report.save(update_fields=[*asdict(usage), "edited_at"])
    emit(ClauseUsed(clause_id=report.clause_id, report_id=report.pk))


@transaction.atomic
def remove_usage(*, report: UsageReport, actor) -> None:
    permissions.require(permissions.can_edit_report(actor, report))
    clause_id = report.clause_id
    deleted, _by_kind = UsageReport.objects.filter(pk=report.pk).delete()
    if deleted:
        _count(clause_id, -1)
        emit(ClauseUseWithdrawn(clause_id=clause_id))


def _count(clause_id: int, change: int) -> None:
    Clause.objects.filter(pk=clause_id).update(use_count=F("use_count") + change)
