from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from . import views

urlpatterns = [
    path("mots-cles/gerer/", views.tag_curate, name="tag_curate"),
    path("mots-cles/gerer/<pk:pk>/", views.tag_curate_one, name="tag_curate_one"),
    path("familles/proposer/", views.family_suggest, name="family_suggest"),
]
