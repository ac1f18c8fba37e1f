from datetime import timedelta

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "clauses.reports"
    label = "reports"

    def ready(self) -> None:
        from community.core.demo import register_demo
        from community.core.jobs import register_recurring
        from community.core.richtext.stale import register_rendering

        from . import contents, drafts, handlers, tasks  # noqa: F401  the handlers register themselves
        from .demo.stories import load_stories
        from .demo.usages import load_usages
        from .models import ExperienceReport
        from .story import rendered_again

        contents.register_kinds()
        drafts.register_drafts()
        register_rendering(ExperienceReport, reads=("version",), again=rendered_again)
        register_demo("usages", order=30, load=load_usages)
        register_demo("experiences", order=32, load=load_stories)
        register_recurring("reports.ask_usages", timedelta(hours=24), tasks.ask_usages.enqueue)
