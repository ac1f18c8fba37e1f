from datetime import timedelta

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "clauses.library"
    label = "library"

    def ready(self) -> None:
        from community.core.jobs import register_recurring

        from . import contents, handlers, tasks  # noqa: F401  the handlers register themselves

        contents.register_kinds()
        register_recurring("library.follow_calendar", timedelta(hours=24), tasks.follow_calendar)
