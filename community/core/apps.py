from datetime import timedelta

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "community.core"
    label = "core"

    def ready(self) -> None:
        from django_tasks.signals import task_finished

        from . import checks  # noqa: F401  registers the checks of settings
        from .catalogs import join_catalogs
        from .jobs import register_recurring
        from .jobs.prune import prune_traces
        from .jobs.reclaim import reclaim_abandoned_tasks
        from .jobs.retries import retry_on_failure
        from .uploads.purge import purge_uploads

        join_catalogs()
        task_finished.connect(retry_on_failure, dispatch_uid="core.retry_on_failure")
        register_recurring("core.reclaim_abandoned_tasks", timedelta(seconds=30), reclaim_abandoned_tasks)
        register_recurring("core.prune_traces", timedelta(days=1), prune_traces)
        register_recurring("core.purge_uploads", timedelta(hours=6), purge_uploads)
