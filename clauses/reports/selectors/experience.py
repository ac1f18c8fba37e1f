"""One report as one reader sees it, and one's own that nobody else reads."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404

from clauses.library.models import Clause
from clauses.library.selectors.clause import visible_clauses
from clauses.library.selectors.library import cards as clause_cards
from community.core import contents, references
from community.core.models import Attachment
from community.core.prepared import Prepared
from community.core.sight import PreparedSight, reader_like
from community.notifications.models import Subscription
from community.reading.models import Bookmark
from community.taxonomy.models import Tag, Theme

from ..models import ExperienceReport, ReportTag, ReportUseful
from ..shown import RELATED
from .library import cards

KIND = "experience_report"
MAX_LINKED = 10
MAX_DRAFTS = 8
MAX_LATEST = 6
# What the page tells in its own words: the clauses have their section.
APART = ("clause", "clause_version", "clause_suggestion")


@dataclass
class ExperiencePage:
    """What stands around a report: `clauses` and `related` are those that this reader may see."""

    report: ExperienceReport
    themes: list[Theme] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    related: list = field(default_factory=list)


def get_experience_or_404(viewer, pk: int) -> ExperienceReport:
    """The report with all that its page says of its reader, in one query."""
    found = _report.rows(viewer, pk=pk)
    if not found:
        raise Http404
    return found[0]


def _report_of(viewer, pk: int):
    reports = ExperienceReport.objects.visible_to(viewer).select_related(*RELATED)
    if viewer.is_authenticated:
        about = {"member": viewer, "kind": KIND, "object_id": OuterRef("pk")}
        reports = reports.annotate(
            my_level=Subquery(Subscription.objects.filter(**about).values("level")[:1]),
            is_bookmarked=Exists(Bookmark.objects.filter(**about)),
            is_marked=Exists(ReportUseful.objects.filter(report=OuterRef("pk"), member=viewer)),
        )
    return reports.filter(pk=pk)


_report = PreparedSight(_report_of)


def read_experience(viewer, report: ExperienceReport) -> ExperiencePage:
    keys = references.linked_keys({KIND: [report.pk]})
    applied = _applied.rows(report=report.pk)
    cited = [pk for kind, pk in keys if kind == "clause" and pk not in applied]
    return ExperiencePage(
        report=report,
        themes=list(report.themes.all()),
        tags=tags_of(report),
        files=files_of(report),
        clauses=readable_clauses(viewer, [*applied, *cited]),
        related=related_to(viewer, keys),
    )


_applied = Prepared(
    lambda *, report: (
        ExperienceReport.clauses.through.objects.filter(experiencereport=report)
        .order_by("pk")
        .values_list("clause_id", flat=True)
    )
)


def readable_clauses(viewer, pks: list[int]) -> list[Clause]:
    seen = visible_clauses(viewer, pks)
    return clause_cards([pk for pk in pks if ("clause", pk) in seen])


def related_to(viewer, keys: set[tuple[str, int]]) -> list:
    others = {key for key in keys if key[0] not in APART}
    return list(contents.visible_in_bulk(viewer, others).values())[:MAX_LINKED]


def tags_of(report: ExperienceReport) -> list[Tag]:
    items = ReportTag.objects.filter(content_object=report).select_related("tag").order_by("pk")
    return [item.tag for item in items]


def files_of(report: ExperienceReport) -> list[Attachment]:
    return list(Attachment.objects.filter(content_kind=KIND, content_id=report.pk).order_by("pk"))


def drafts_of(member) -> list[ExperienceReport]:
    """Begun and not published, the latest first."""
    if not member.is_authenticated:
        return []
    return _drafts.rows(member.is_verified, member=member.pk)


def _drafts_of_member(is_verified: bool, *, member: int):
    author = reader_like(is_verified=is_verified, pk=member)
    drafts = ExperienceReport.objects.visible_to(author).drafts_of(author).order_by("-changed_at")
    return drafts.only("title", "slug", "changed_at")[:MAX_DRAFTS]


_drafts = Prepared(_drafts_of_member)


def reports_applying(viewer, clause: Clause, limit: int) -> list[ExperienceReport]:
    """What was told of a clause that the viewer reads."""
    return cards(_latest.rows(viewer, "applying", pk=clause.pk)[:limit])


def reports_in_family(viewer, family, limit: int) -> list[ExperienceReport]:
    return cards(_latest.rows(viewer, "in_family", pk=family.pk)[:limit])


def reports_tagged(viewer, tag, limit: int) -> list[ExperienceReport]:
    return cards(_latest.rows(viewer, "tagged", pk=tag.pk)[:limit])


def signed_by(viewer, member, limit: int) -> list[ExperienceReport]:
    """What a member signed with her name and her organisation: the others must not be found from her profile."""
    found = ExperienceReport.objects.visible_to(viewer).published().signed_by(member).recent()
    return cards(list(found.values_list("pk", flat=True)[:limit]))


def _latest_of(viewer, about: str, pk: int):
    found = getattr(ExperienceReport.objects.visible_to(viewer).published(), about)(pk)
    return found.recent().values_list("pk", flat=True)[:MAX_LATEST]


# On every page of a clause or of a family: putting the rule in words each time was a third of the page.
_latest = PreparedSight(_latest_of)
