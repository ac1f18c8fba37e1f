"""A report as others will see it, before it is saved: the page itself, and beside it what it does not say."""

import copy
from typing import Any

from ..forms.experience import ExperienceForm
from ..models import ExperienceReport
from ..selectors.experience import ExperiencePage, readable_clauses
from ..shown import masked_lines
from ..story import put
from .page import body


def preview_of(form: ExperienceForm, report: ExperienceReport | None) -> dict[str, Any]:
    """Of a valid form. The row is a copy in memory: nothing is written."""
    member, story = form.member, form.story()
    unsaved = copy.copy(report) if report is not None else ExperienceReport(author=member)
    if report is None or not report.is_published or report.organisation_id is None:
        unsaved.organisation = member.organisation
    put(unsaved, story)
    files = form.kept_files()
    page = ExperiencePage(
        report=unsaved,
        themes=list(story.themes),
        files=files,
        clauses=readable_clauses(member, [clause.pk for clause in story.clauses]),
    )
    shown = body(page)
    shown["tags"] = [{"label": name, "url": ""} for name in story.tags]
    return {"body": shown, "masked": masked_lines(unsaved, files)}
