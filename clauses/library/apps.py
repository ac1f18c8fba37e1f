from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "clauses.library"
    label = "library"
