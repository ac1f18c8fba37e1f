from django.urls import path

from . import views

urlpatterns = [
    path("familles/proposer/", views.family_suggest, name="family_suggest"),
]
