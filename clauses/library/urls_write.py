"""Contributing to the library and answering for it."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views.manage import clause_manage, clause_review_list
from .views.propose import clause_check, clause_correct, clause_propose
from .views.suggest import clause_suggestion, hunk_revert, suggestion_create, suggestion_withdraw

acts = [
    path("proposer/", clause_propose, name="clause_propose"),
    path("verifier/", clause_check, name="clause_check"),
    path("a-relire/", clause_review_list, name="clause_review_list"),
    path("propositions/<pk:pk>/", clause_suggestion, name="clause_suggestion"),
    path("propositions/<pk:pk>/retirer/", suggestion_withdraw, name="suggestion_withdraw"),
    path("propositions/<pk:pk>/changements/<pk:hunk_pk>/revenir/", hunk_revert, name="hunk_revert"),
    path("<pk:pk>/modifier/", suggestion_create, name="suggestion_create"),
    path("<pk:pk>/corriger/", clause_correct, name="clause_correct"),
    path("<pk:pk>/gerer/", clause_manage, name="clause_manage"),
]
