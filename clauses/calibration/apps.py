from datetime import timedelta

from django.apps import AppConfig


class CalibrationConfig(AppConfig):
    name = "clauses.calibration"
    label = "calibration"

    def ready(self) -> None:
        from community.core.demo import register_demo
        from community.core.jobs import register_recurring

        from . import contents, handlers, tasks  # noqa: F401  the handlers register themselves
        from .demo import load_calibrations

        contents.register_kinds()
        register_demo("calibrations", order=60, load=load_calibrations)
        register_recurring("calibration.remind", timedelta(hours=12), tasks.remind_calibrations.enqueue)
