"""The links of those who read a dossier again without an account."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views import relecture

LINK = "<str:token>/"

urlpatterns = [
    path("", relecture.review_again, name="review_again"),
    path(LINK, relecture.review_open, name="review_open"),
    path(f"{LINK}code/", relecture.review_code, name="review_code"),
    path(f"{LINK}entrer/", relecture.review_enter, name="review_enter"),
    path(f"{LINK}clauses/", relecture.review_read, name="review_read"),
    path(f"{LINK}clauses/<pk:item_pk>/", relecture.review_remark, name="review_remark"),
    path(f"{LINK}conclusion/", relecture.review_conclude, name="review_conclude"),
    path(f"{LINK}delai/", relecture.review_more_time, name="review_more_time"),
    path(f"{LINK}decliner/", relecture.review_decline, name="review_decline"),
]
