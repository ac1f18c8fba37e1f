from django.apps import AppConfig


class QaConfig(AppConfig):
    name = "qa"
    label = "qa"

    def ready(self) -> None:
        from . import contents

        contents.register_kinds()
