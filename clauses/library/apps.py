from datetime import timedelta

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "clauses.library"
    label = "library"

    def ready(self) -> None:
        from community.core.demo import register_demo
        from community.core.jobs import register_recurring

        from . import contents, drafts, handlers, tasks  # noqa: F401  the handlers register themselves
        from .demo.loading import load_clauses
        from .notes.drafts import register_drafts as register_note_drafts

        contents.register_kinds()
        drafts.register_drafts()
        register_note_drafts()
        register_demo("clauses", order=20, load=load_clauses)
        register_recurring("library.follow_calendar", timedelta(hours=24), tasks.follow_calendar.enqueue)
