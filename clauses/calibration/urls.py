"""Hours of insertion: the calculator."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views import hours

urlpatterns = [
    path("calcul/", hours.insertion_hours, name="insertion_hours"),
]
