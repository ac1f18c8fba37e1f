from django.urls import path

from .views import attachment, attachment_upload

urlpatterns = [
    path("fichiers/", attachment_upload, name="attachment_upload"),
    path("fichiers/<str:token>/<str:name>", attachment, name="attachment"),
]
