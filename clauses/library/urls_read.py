"""Reading the library. Acts come before the clause, whose slug would take their words."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views.compare import clause_compare
from .views.detail import clause_copy, clause_detail
from .views.exports import clause_export
from .views.feeds import ClauseFeed, FamilyClauseFeed, TagClauseFeed
from .views.lists import clause_list
from .views.similar import clause_similar
from .views.versions import clause_version

acts = [
    path("", clause_list, name="clause_list"),
    path("flux/", ClauseFeed(), name="clause_feed"),
    path("flux/mot-cle/<slug:slug>/", TagClauseFeed(), name="clause_tag_feed"),
    path("flux/<slug:slug>/", FamilyClauseFeed(), name="clause_family_feed"),
    path("comparer/", clause_compare, name="clause_compare"),
    path("<pk:pk>/copie/", clause_copy, name="clause_copy"),
    path("<pk:pk>/exporter/<slug:form>/", clause_export, name="clause_export"),
    path("<pk:pk>/proches/", clause_similar, name="clause_similar"),
    path("<pk:pk>/versions/<pk:number>/", clause_version, name="clause_version"),
]
# Last of all: after everything that is written, too.
pages = [
    path("<pk:pk>/", clause_detail, name="clause_detail"),
    path("<pk:pk>/<slug:slug>/", clause_detail, name="clause_detail"),
]
