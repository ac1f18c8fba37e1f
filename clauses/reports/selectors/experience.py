"""One report as one reader sees it."""

from django.http import Http404

from ..models import ExperienceReport
from ..shown import RELATED


def get_experience_or_404(viewer, pk: int) -> ExperienceReport:
    report = ExperienceReport.objects.visible_to(viewer).select_related(*RELATED).filter(pk=pk).first()
    if report is None:
        raise Http404
    return report
