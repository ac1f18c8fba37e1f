from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "clauses.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        from community.core.demo import register_demo
        from community.core.richtext.stale import register_rendering

        from . import contents, handlers, mails, tasks  # noqa: F401  handlers and mails register themselves
        from .content import rendered_again
        from .demo.loading import load_dossiers
        from .models import DossierItem

        contents.register_kinds()
        register_rendering(DossierItem, reads=("version",), again=rendered_again)
        register_demo("dossiers", order=35, load=load_dossiers)
