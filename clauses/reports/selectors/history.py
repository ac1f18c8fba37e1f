"""What the texts of a report said before, latest first, each beside the one before it."""

from dataclasses import dataclass
from datetime import datetime

from community.core.diff import DiffLine, diff_texts

from ..models import ExperienceReport, ReportRevision

MAX_VERSIONS = 40


@dataclass(frozen=True, slots=True)
class PastVersion:
    number: int
    moment: datetime
    changes: list[DiffLine]


def versions_of(viewer, report: ExperienceReport) -> list[PastVersion]:
    found = list(
        ReportRevision.objects.visible_to(viewer).filter(report=report).order_by("-number")[: MAX_VERSIONS + 1]
    )
    pairs = zip(found, [*found[1:], None], strict=False)
    return [
        PastVersion(each.number, each.created_at, diff_texts(before.text, each.text) if before else [])
        for each, before in list(pairs)[:MAX_VERSIONS]
    ]
