from datetime import timedelta

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "clauses.library"
    label = "library"

    def ready(self) -> None:
        from community.core.demo import register_demo
        from community.core.jobs import register_recurring
        from community.core.richtext.stale import register_rendering

        from . import contents, drafts, handlers, tasks  # noqa: F401  the handlers register themselves
        from .content import render_all
        from .demo.loading import load_clauses
        from .models import ClauseVersion
        from .notes.drafts import register_drafts as register_note_drafts

        contents.register_kinds()
        drafts.register_drafts()
        register_note_drafts()
        # A version never changes.
        register_rendering(ClauseVersion, reads=(), again=lambda version: {"html": render_all(version.content)})
        register_demo("clauses", order=20, load=load_clauses)
        register_recurring("library.follow_calendar", timedelta(hours=24), tasks.follow_calendar.enqueue)
