from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "clauses.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        from . import contents

        contents.register_kinds()
