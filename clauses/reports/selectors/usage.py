"""What became of a clause: figures from three reports on, and each member's own."""

from collections import Counter
from dataclasses import dataclass
from statistics import median

from django.http import Http404

from community.core.prepared import Prepared

from ..models import UsageAsk, UsageReport
from ..vocabularies import Difficulty, Outcome

# Fewer would tell who said what.
LEAST_REPORTS = 3
LEAST_MET = 2
MAX_REPORTS = 2_000
# A contract that is not over yet says nothing.
TOLD = (Outcome.AWARDED, Outcome.NO_AWARD, Outcome.ABANDONED, Outcome.DISPUTED)


@dataclass(frozen=True)
class Figures:
    """`outcomes`: (outcome, how many), the told ones only; the rest None where nobody said."""

    reports: int
    outcomes: tuple[tuple[str, int], ...]
    median_bids: int | None
    would_reuse: int
    asked_reuse: int
    adapted: int
    asked_adapted: int
    difficulty: str = ""
    met: int = 0
    asked_difficulty: int = 0


@dataclass(frozen=True)
class Usages:
    """`figures` is None under three reports."""

    figures: Figures | None
    own: list[UsageReport]

    @property
    def outcomes(self) -> list[dict]:
        told = self.figures.outcomes if self.figures else ()
        return [{"label": Outcome(outcome).label, "count": count} for outcome, count in told]


_reports = Prepared(lambda *, clause: UsageReport.objects.about(clause).order_by("-pk")[:MAX_REPORTS])


def usages_of(viewer, clause) -> Usages:
    """Of a clause that the viewer reads: one query for the figures and her own reports."""
    if not clause.use_count:
        return Usages(None, [])
    reports = _reports.rows(clause=clause.pk)
    own = [report for report in reports if viewer.is_authenticated and report.member_id == viewer.pk]
    # One person's many contracts are hers: the figures want three members.
    tellers = {report.member_id for report in reports}
    return Usages(figures_of(reports) if len(tellers) >= LEAST_REPORTS else None, own)


def figures_of(reports: list[UsageReport]) -> Figures:
    bids = [report.bids for report in reports if report.bids is not None]
    reuse = [report.would_reuse for report in reports if report.would_reuse is not None]
    adapted = [report.adapted for report in reports if report.adapted is not None]
    outcomes = Counter(report.outcome for report in reports)
    hard = [report.difficulty for report in reports if report.difficulty]
    # What two members met is no longer the story of one.
    (worst, met), *_others = Counter(each for each in hard if each != Difficulty.NONE).most_common(1) or [("", 0)]
    told_hard = len(hard) >= LEAST_REPORTS and met >= LEAST_MET
    return Figures(
        reports=len(reports),
        outcomes=tuple((outcome, outcomes[outcome]) for outcome in TOLD if outcomes[outcome]),
        median_bids=round(median(bids)) if len(bids) >= LEAST_REPORTS else None,
        would_reuse=sum(reuse),
        asked_reuse=len(reuse) if len(reuse) >= LEAST_REPORTS else 0,
        adapted=sum(adapted),
        asked_adapted=len(adapted) if len(adapted) >= LEAST_REPORTS else 0,
        difficulty=str(Difficulty(worst).label) if told_hard else "",
        met=met,
        asked_difficulty=len(hard),
    )


def get_ask_or_404(viewer, pk: int) -> UsageAsk:
    ask = UsageAsk.objects.visible_to(viewer).select_related("clause__space").filter(pk=pk).first()
    if ask is None:
        raise Http404
    return ask


def get_report_or_404(viewer, pk: int) -> UsageReport:
    report = UsageReport.objects.visible_to(viewer).select_related("clause__space").filter(pk=pk).first()
    if report is None:
        raise Http404
    return report
