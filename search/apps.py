from datetime import timedelta

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    label = "search"

    def ready(self) -> None:
        from community.core import ports
        from community.core.jobs import register_recurring

        from . import checks, handlers, service, tasks  # noqa: F401  the check registers itself
        from .kinds import register_kinds

        register_kinds()
        handlers.connect()
        ports.plug_search(text_search=service.text_search_or_database, similar=service.similar_or_none)
        register_recurring("search.reconcile", timedelta(days=1), tasks.enqueue_reconcile)
        register_recurring("search.drain", timedelta(minutes=1), tasks.enqueue_drain)
        register_recurring("search.attachments", timedelta(minutes=1), tasks.enqueue_reading)
        register_recurring("search.alerts", timedelta(hours=1), tasks.enqueue_alerts)
        register_recurring("search.purge", timedelta(days=1), tasks.purge_misses)
