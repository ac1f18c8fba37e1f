from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "community.spaces"
    label = "spaces"

    def ready(self) -> None:
        from community.core.demo import register_demo

        from . import handlers  # noqa: F401  registers what answers events
        from .contents import register_kinds
        from .demo import DEMO_ACCOUNTS
        from .demo.people import load_people_and_spaces

        register_kinds()
        register_demo("people", order=10, load=load_people_and_spaces, accounts=DEMO_ACCOUNTS)
