from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "community.members"
    label = "members"

    def ready(self):
        from . import handlers  # noqa: F401  registers the reactions to allauth's signals
        from .registration import register_kinds

        register_kinds()
