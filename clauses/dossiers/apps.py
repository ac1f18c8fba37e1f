from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "clauses.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        from community.core.demo import register_demo

        from . import contents, handlers, mails, tasks  # noqa: F401  handlers and mails register themselves
        from .demo.loading import load_dossiers

        contents.register_kinds()
        register_demo("dossiers", order=35, load=load_dossiers)
