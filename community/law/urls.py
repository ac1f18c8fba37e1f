"""The legal texts, the legal calendar."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
