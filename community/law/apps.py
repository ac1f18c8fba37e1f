from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "community.law"
    label = "law"
