from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "community.reading"
    label = "reading"
