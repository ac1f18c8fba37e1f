from django.urls import path, re_path

from . import home, views

urlpatterns = [
    path("", home.home, name="home"),
    path("pages/charte/", views.resource, {"slug": "charte"}, name="charter"),
    path("pages/donnees-personnelles/", views.resource, {"slug": "donnees-personnelles"}, name="data_protection"),
    path("pages/accessibilite/", views.resource, {"slug": "accessibilite"}, name="accessibility"),
    path("media/images/<str:name>", views.picture, name="picture"),
    # Wagtail's own addresses, without its login form: ours has the second factor.
    re_path(r"^pages/((?:[\w\-]+/)*)$", views.page, name="wagtail_serve"),
]
