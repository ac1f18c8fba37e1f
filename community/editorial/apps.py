from datetime import timedelta

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "community.editorial"
    label = "editorial"

    def ready(self) -> None:
        from community.core.jobs import register_recurring

        from . import contents, handlers, tasks  # noqa: F401  the handlers register themselves

        contents.register_kinds()
        register_recurring("editorial.calendar", timedelta(minutes=5), tasks.follow_editorial_calendar.enqueue)
