from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from . import views

urlpatterns = [
    path("signaler/<slug:kind>/<pk:pk>/", views.content_flag, name="content_flag"),
    path("relecture/", views.review_queue, name="review_queue"),
    path("relecture/<slug:kind>/<pk:pk>/", views.flags_decide, name="flags_decide"),
    path("a-relire/", views.law_review, name="law_review"),
    path("a-relire/<slug:kind>/<pk:pk>/remplacer/", views.law_replace, name="law_replace"),
    path("a-relire/<pk:pk>/", views.law_review_item, name="law_review_item"),
]
