from datetime import timedelta

from django.apps import AppConfig


class QaConfig(AppConfig):
    name = "qa"
    label = "qa"

    def ready(self) -> None:
        from community.core.demo import register_demo
        from community.core.jobs import register_recurring

        from . import contents, drafts, handlers, tasks  # noqa: F401  the handlers register themselves
        from .demo.threads import load_threads

        contents.register_kinds()
        drafts.register_drafts()
        register_demo("threads", order=40, load=load_threads)
        register_recurring("qa.ask_for_publication", timedelta(hours=6), tasks.ask_for_publication)
