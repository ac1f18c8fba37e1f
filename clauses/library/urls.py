"""The library of clauses."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
