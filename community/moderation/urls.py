from django.urls import path

from . import views

urlpatterns = [
    path("signaler/<slug:kind>/<int:pk>/", views.content_flag, name="content_flag"),
    path("relecture/", views.review_queue, name="review_queue"),
    path("relecture/<slug:kind>/<int:pk>/", views.flags_decide, name="flags_decide"),
]
