"""What became of a clause; below its address."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views import usage as views

urlpatterns = [
    path("<pk:pk>/utilisation/", views.usage_report, name="usage_report"),
    path("utilisations/demandes/<pk:pk>/", views.usage_answer, name="usage_answer"),
    path("utilisations/<pk:pk>/", views.usage_edit, name="usage_edit"),
    path("utilisations/<pk:pk>/supprimer/", views.usage_remove, name="usage_remove"),
]
