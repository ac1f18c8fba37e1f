from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "community.editorial"
    label = "editorial"
