"""The files of a report: kept in their order, and renamed when their names would say who gave them."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from clauses.reports.models import ExperienceReport
from clauses.reports.shown import neutral_name
from community.core.models import Attachment
from community.core.uploads import storage
from community.core.uploads.actions import attach_uploads

KIND = "experience_report"


def files_of(report: ExperienceReport) -> list[Attachment]:
    return list(Attachment.objects.filter(content_kind=KIND, content_id=report.pk).order_by("pk"))


def keep_files(report: ExperienceReport, tokens: Iterable[str], cited: Iterable[str], *, actor, neutral: bool) -> None:
    """Those of the form, and those its texts cite, are the report's; the others go."""
    wanted = {*tokens, *cited}
    attach_uploads(content_kind=KIND, content_id=report.pk, tokens=wanted, actor=actor)
    files = files_of(report)
    for attachment in (each for each in files if each.token not in wanted):
        attachment.delete()
        transaction.on_commit(partial(storage.delete, attachment.path))
    for rank, attachment in enumerate((each for each in files if each.token in wanted), start=1):
        if neutral and attachment.name != neutral_name(rank, attachment):
            # For good: an address once given would tell it again.
            Attachment.objects.filter(pk=attachment.pk).update(name=neutral_name(rank, attachment))
