from django.urls import path, re_path

from . import home, views

urlpatterns = [
    path("", home.home, name="home"),
    path("pages/charte/", views.resource, {"slug": "charte"}, name="charter"),
    path("pages/donnees-personnelles/", views.resource, {"slug": "donnees-personnelles"}, name="data_protection"),
    path("pages/accessibilite/", views.resource, {"slug": "accessibilite"}, name="accessibility"),
    path("familles/", views.family_list, name="family_list"),
    path("familles/<slug:slug>/", views.family_detail, name="family_detail"),
    path("familles/<slug:slug>/suivre/", views.family_watch, name="family_watch"),
    path("mots-cles/<slug:slug>/", views.tag_page, name="tag_page"),
    path("mots-cles/<slug:slug>/suivre/", views.tag_watch, name="tag_watch"),
    path("media/images/<str:name>", views.picture, name="picture"),
    # Wagtail's own addresses, without its login form: ours has the second factor.
    re_path(r"^pages/((?:[\w\-]+/)*)$", views.page, name="wagtail_serve"),
]
