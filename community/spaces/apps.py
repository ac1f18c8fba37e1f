from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "community.spaces"
    label = "spaces"

    def ready(self) -> None:
        from . import handlers  # noqa: F401  registers what answers events
        from .contents import register_kinds

        register_kinds()
