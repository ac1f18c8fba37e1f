from django.apps import AppConfig


class CalibrationConfig(AppConfig):
    name = "clauses.calibration"
    label = "calibration"
