from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "community.taxonomy"
    label = "taxonomy"
