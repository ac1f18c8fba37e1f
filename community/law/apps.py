from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "community.law"
    label = "law"

    def ready(self) -> None:
        from community.core.reference_data import register_loader

        from . import handlers  # noqa: F401  registers what answers events
        from .contents import register_kinds
        from .reference import load_law

        register_kinds()
        register_loader("Textes, articles, seuils et échéances", load_law)
