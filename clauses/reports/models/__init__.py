from clauses.reports.vocabularies import Outcome

from .experience import ExperienceReport, ReportRevision, ReportTag, ReportUseful
from .usage import UsageAsk, UsageReport

__all__ = ["ExperienceReport", "Outcome", "ReportRevision", "ReportTag", "ReportUseful", "UsageAsk", "UsageReport"]
