"""What a visitor's kept page of reports watches: that nothing it shows moved."""

from django.contrib.auth.models import AnonymousUser

from community.core.pagecache import Watch, watch_rows
from community.core.prepared import Prepared

from ..facets import stamped
from ..models import ExperienceReport

_reports = Prepared(lambda: stamped(ExperienceReport.objects.visible_to(AnonymousUser())))
_report = Prepared(lambda ids: stamped(ExperienceReport.objects.visible_to(AnonymousUser()).filter(pk__in=ids)))


def reports_watch() -> Watch:
    return watch_rows(_reports)


def report_watch(pk: int) -> Watch:
    return watch_rows(_report, ids=[pk])
