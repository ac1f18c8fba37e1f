from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "community.spaces"
    label = "spaces"

    def ready(self) -> None:
        from .contents import register_kinds

        register_kinds()
