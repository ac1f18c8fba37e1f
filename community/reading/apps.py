from datetime import timedelta

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "community.reading"
    label = "reading"

    def ready(self) -> None:
        from community.core.jobs import register_recurring
        from community.core.uploads.purge import register_keeper

        from .purge import purge_drafts, uploads_in_drafts

        register_keeper(uploads_in_drafts)
        register_recurring("reading.purge_drafts", timedelta(days=1), purge_drafts)
