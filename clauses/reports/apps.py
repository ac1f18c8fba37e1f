from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "clauses.reports"
    label = "reports"

    def ready(self) -> None:
        from community.core.demo import register_demo

        from .demo import load_usages

        register_demo("usages", order=30, load=load_usages)
