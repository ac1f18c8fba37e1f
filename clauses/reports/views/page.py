"""What the page of a report says; the preview says it with the same words, from the same function."""

from typing import Any

from django.conf import settings
from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clauses.library.selectors.rows import family_link
from clauses.library.selectors.rows import rows as clause_rows
from clauses.library.views.page import related_row
from community.core.models import Attachment
from community.core.richtext import excerpt
from community.notifications.models import Level

from .. import permissions
from ..addresses import address, experience_url, reports_url
from ..models import ExperienceReport
from ..selectors.experience import ExperiencePage
from ..shown import BALANCE, STORY, file_names, parts_of, show_report
from ..story import shown_title
from ..vocabularies import ReportState

DESCRIPTION = 200
KINDS_OF_BALANCE = {"worked": "", "difficulties": "difficulty", "redo": "next"}


def body(page: ExperiencePage) -> dict[str, Any]:
    """All that others read of the report itself."""
    report = page.report
    shown = show_report(report)
    written = report.published_at
    return {
        "title": shown_title(report),
        "summary": report.summary,
        "shown": shown,
        "month": date_format(localtime(written), "F Y") if written else "",
        "family": family_link(report.family) if report.family_id else None,
        "themes": [theme.label for theme in page.themes],
        "story": parts_of(report, STORY),
        "balance": [{"part": part, "kind": KINDS_OF_BALANCE[part.name]} for part in parts_of(report, BALANCE)],
        "clauses": clause_rows(page.clauses),
        "text_kept": report.get_text_kept_display() if report.text_kept and page.clauses else "",
        "tags": [{"label": tag.name, "url": address("tag_page", slug=tag.slug)} for tag in page.tags],
        "files": file_rows(report, page.files),
    }


def file_rows(report: ExperienceReport, files: list[Attachment]) -> list[dict[str, str]]:
    names = file_names(report, files)
    return [{"name": name, "url": each.url} for name, each in zip(names, files, strict=True)]


def page_context(viewer, page: ExperiencePage) -> dict[str, Any]:
    report = page.report
    url = experience_url(report)
    said = body(page)
    return {
        "body": said,
        "title": said["title"],
        "shown": said["shown"],
        "report": report,
        "url": url,
        "absolute_url": settings.BASE_URL + url,
        "description": excerpt(report.summary, DESCRIPTION),
        "breadcrumb": breadcrumb(report),
        "banner": banner(report),
        "audience": audience(report),
        "is_open": is_open(report),
        "related": [related_row(each) for each in page.related],
        "rights": rights_of(viewer, report),
        "watch_title": watch_title(report),
        "discuss_url": f"{address('question_ask')}?sujet=experience_report:{report.pk}",
    }


def is_open(report: ExperienceReport) -> bool:
    """Shown to machines too: what everyone reads, today."""
    readable = report.space_id is None or report.space.visibility == "open"
    return readable and report.is_published and report.hidden_at is None


def breadcrumb(report: ExperienceReport) -> list[dict[str, str]]:
    items = [{"label": _("Retours d’expérience"), "url": reports_url()}]
    if report.space_id:
        items.append({"label": report.space.name, "url": reports_url(espace=report.space.slug)})
    if report.family_id:
        items.append({"label": report.family.label, "url": reports_url(famille=report.family.slug)})
    return [*items, {"label": excerpt(shown_title(report), 60), "url": ""}]


def banner(report: ExperienceReport) -> dict[str, str] | None:
    """What the author, or who moderates, must know first."""
    if report.hidden_at is not None:
        text = _("L’animation a masqué ce récit. Motif : %(reason)s") % {"reason": report.hidden_reason}
        return {"tone": "warning", "text": text}
    if report.state == ReportState.DRAFT:
        return {"tone": "", "text": _("Ce brouillon n’est lu que par vous.")}
    if report.state == ReportState.WITHDRAWN:
        return {"tone": "", "text": _("Vous avez retiré ce récit : il n’est plus lu que par vous.")}
    return None


def audience(report: ExperienceReport) -> str:
    if report.space_id is None or report.space.visibility == "open":
        return ""
    if report.space.visibility == "members":
        return _("Lisible par les membres vérifiés de la communauté")
    return _("Lisible par les membres de l’espace %(name)s") % {"name": report.space.name}


def watch_title(report: ExperienceReport) -> str:
    level = getattr(report, "my_level", None)
    return _("Suivre ce récit") if level in (None, Level.NONE) else _("Vous suivez ce récit")


def rights_of(viewer, report: ExperienceReport) -> dict[str, bool]:
    if not viewer.is_authenticated:
        return {"signed_in": False, "past": bool(report.edited_at) and permissions.can_read_past(viewer, report)}
    own = report.author_id == viewer.pk
    moderates = permissions.can_hide(viewer, report)
    return {
        "signed_in": True,
        "own": own,
        "edit": own and permissions.can_edit_experience(viewer, report),
        "withdraw": permissions.can_withdraw(viewer, report),
        "delete": permissions.can_delete(viewer, report),
        "hide": moderates and report.hidden_at is None,
        "restore": moderates and report.hidden_at is not None,
        "useful": permissions.can_mark_useful(viewer, report),
        "discuss": permissions.can_discuss(viewer, report),
        "exchange": permissions.can_speak_privately(viewer, report),
        "past": bool(report.edited_at) and permissions.can_read_past(viewer, report),
    }
