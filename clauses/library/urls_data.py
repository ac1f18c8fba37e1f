"""The open data. These addresses are published: they do not change."""

from django.urls import path

from .views.data import clause_data, clause_data_csv, clause_data_json, clause_data_schema

acts = [
    path("donnees/", clause_data, name="clause_data"),
    path("donnees/clauses.csv", clause_data_csv, name="clause_data_csv"),
    path("donnees/clauses.json", clause_data_json, name="clause_data_json"),
    path("donnees/schema.json", clause_data_schema, name="clause_data_schema"),
]
