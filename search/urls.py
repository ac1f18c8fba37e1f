"""The one search."""

from django.urls import path

from . import views

urlpatterns = [
    path("recherche/", views.search, name="search"),
    path("recherche/suggestions/", views.search_suggest, name="search_suggest"),
    path("recherche/enregistrer/", views.search_save, name="search_save"),
    path("recherche/alertes/", views.saved_search_list, name="saved_search_list"),
    path("recherche/alertes/<int:pk>/supprimer/", views.saved_search_forget, name="saved_search_forget"),
    path("recherche/sans-resultat/", views.search_misses, name="search_misses"),
]
