"""Traces of work are kept for a while, never for ever: they name contents and people."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community.core.models import OutgoingMail

KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=60)
KEEP_MAIL = timedelta(days=60)


def prune_traces() -> None:
    now = timezone.now()
    DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP_DONE).delete()
    DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED).delete()
    OutgoingMail.objects.filter(created_at__lt=now - KEEP_MAIL).delete()
