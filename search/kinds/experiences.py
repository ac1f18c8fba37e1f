"""Experience reports: what is shown of them, in the words of `clauses.reports.shown`, and nothing of who hides."""

from collections.abc import Iterable
from math import log

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from clauses.reports.models import ExperienceReport, ReportTag
from clauses.reports.shown import RELATED, show_report
from clauses.reports.vocabularies import ReportState
from search.documents import Document, DocumentKind, in_space, moderators_of, only


class ExperienceDocuments(DocumentKind):
    """A draft, or a report taken back, is found in its author's own pages, not here."""

    name = "experience_report"
    model = ExperienceReport
    tab = "recits"
    carries_files = True
    signer = "author"

    def queryset(self):
        tags = Prefetch("tagged_items", ReportTag.objects.select_related("tag"))
        return ExperienceReport.objects.select_related(*RELATED).prefetch_related("themes", tags)

    def cites_files(self, report: ExperienceReport) -> bool:
        return True

    def build(self, report: ExperienceReport) -> Iterable[Document]:
        if report.state != ReportState.PUBLISHED or report.published_at is None:
            return
        shown, family = show_report(report), report.family
        hidden = report.hidden_at is not None
        acl = (moderators_of(report.space_id), only(report.author_id)) if hidden else (in_space(report.space_id),)
        yield Document(
            kind=self.name,
            pk=report.pk,
            thread=(self.name, report.pk),
            acl=acl,
            space_id=report.space_id,
            owner_id=report.author_id,
            opened=report.published_at,
            written=report.published_at,
            signed="" if shown.author.anonymous else shown.author.name,
            title=report.title,
            body=report.plain_text,
            context=" ".join(self._surroundings(report)),
            family_id=report.family_id,
            top_family_id=(family.parent_id or family.pk) if family else None,
            weight=1.05 + 0.05 * log(1 + report.useful_count),
            facets={"motcle": tuple(each.tag.name for each in report.tagged_items.all())},
        )

    def _surroundings(self, report: ExperienceReport) -> list[str]:
        shown = show_report(report)
        words = [str(each) for each in (report.family, report.family.parent if report.family else None) if each]
        words += [theme.label for theme in report.themes.all()]
        words += [each.tag.name for each in report.tagged_items.all()]
        words += [shown.buyer, shown.place.name if shown.place else "", shown.status["label"]]
        return [_("retour d’expérience"), *filter(None, words)]

    def line(self, report: ExperienceReport) -> list[str]:
        shown = show_report(report)
        moment = timezone.localtime(report.published_at or report.changed_at)
        return [_("Récit"), shown.status["label"].lower(), date_format(moment, "F Y")]
