from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "community.reading"
    label = "reading"

    def ready(self) -> None:
        from community.core.uploads.purge import register_keeper

        from .purge import uploads_in_drafts

        register_keeper(uploads_in_drafts)
