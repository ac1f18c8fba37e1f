from datetime import timedelta

from django.apps import AppConfig


class PlannerConfig(AppConfig):
    name = "clauses.planner"
    label = "planner"

    def ready(self) -> None:
        from community.core.demo import register_demo
        from community.core.jobs import register_recurring

        from . import contents, handlers, tasks  # noqa: F401  the handlers register themselves
        from .demo import load_purchases

        contents.register_kinds()
        register_demo("purchases", order=50, load=load_purchases)
        register_recurring("planner.remind_steps", timedelta(hours=6), tasks.remind_steps.enqueue)
        register_recurring("planner.send_weekly_mails", timedelta(hours=6), tasks.send_weekly_mails.enqueue)
