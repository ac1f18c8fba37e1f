from .uploads.urls import urlpatterns as uploads

urlpatterns: list = [*uploads]
