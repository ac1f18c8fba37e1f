from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "clauses.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        from . import contents, handlers, mails, tasks  # noqa: F401  handlers and mails register themselves

        contents.register_kinds()
