from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "clauses.reports"
    label = "reports"
