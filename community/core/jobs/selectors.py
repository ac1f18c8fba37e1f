from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

PAGE = 50


def dead_letters() -> list[DBTaskResult]:
    """The tasks that failed for good, latest first; one that is to be retried is READY, hence not here."""
    return list(DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")[:PAGE])


def queue_figures() -> dict[str, int]:
    tasks = DBTaskResult.objects
    return {
        "ready": tasks.filter(status=TaskResultStatus.READY).count(),
        "running": tasks.filter(status=TaskResultStatus.RUNNING).count(),
        "failed": tasks.filter(status=TaskResultStatus.FAILED).count(),
    }
