from django.urls import path, register_converter
from django.urls.converters import StringConverter

from community.core import converters  # noqa: F401  registers <pk:…>

from . import views
from .actions import DRAFT_KEY


class DraftKeyConverter(StringConverter):
    regex = DRAFT_KEY.pattern


register_converter(DraftKeyConverter, "draft_key")

urlpatterns = [
    path("favoris/", views.bookmark_list, name="bookmark_list"),
    path("favoris/<slug:kind>/<pk:pk>/", views.bookmark_toggle, name="bookmark_toggle"),
    path("brouillons/", views.draft_list, name="draft_list"),
    path("brouillons/<draft_key:key>/", views.draft_save, name="draft_save"),
    path("brouillons/<draft_key:key>/supprimer/", views.draft_discard, name="draft_discard"),
]
