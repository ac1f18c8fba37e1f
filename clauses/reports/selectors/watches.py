"""What a visitor's kept page of reports watches: that nothing it shows moved."""

from django.contrib.auth.models import AnonymousUser

from community.core.pagecache import Watch, watch_rows

from ..facets import stamped
from ..models import ExperienceReport


def reports_watch() -> Watch:
    return watch_rows(stamped(ExperienceReport.objects.visible_to(AnonymousUser())))


def report_watch(pk: int) -> Watch:
    return watch_rows(stamped(ExperienceReport.objects.visible_to(AnonymousUser()).filter(pk=pk)))
