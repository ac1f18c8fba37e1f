"""Pages that are read. The thread itself comes last: its slug would take the words that name acts."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views import feeds, history, lists, thread

read_patterns = [
    path("", lists.question_list, name="question_list"),
    path("mot-cle/<path:name>/", lists.tag_detail, name="tag_detail"),
    path("flux/", feeds.CommunityFeed(), name="question_feed"),
    path("flux/famille/<str:slug>/", feeds.FamilyFeed(), name="family_feed"),
    path("flux/mot-cle/<path:name>/", feeds.TagFeed(), name="tag_feed"),
    path("flux/espace/<str:slug>/", feeds.SpaceFeed(), name="space_feed"),
    path("<pk:pk>/flux/", feeds.ThreadFeed(), name="thread_feed"),
    path("<pk:pk>/historique/", history.question_history, name="question_history"),
    path("<pk:pk>/commentaires/", thread.question_comments, name="question_comments"),
    path("<pk:pk>/lu/", thread.question_read, name="question_read"),
    path("<pk:question_pk>/reponse/<pk:pk>/", thread.answer_detail, name="answer_detail"),
    path("<pk:question_pk>/commentaire/<pk:pk>/", thread.comment_detail, name="comment_detail"),
    path("reponse/<pk:pk>/historique/", history.answer_history, name="answer_history"),
    path("reponse/<pk:pk>/commentaires/", thread.answer_comments, name="answer_comments"),
]
thread_patterns = [
    path("<pk:pk>/", thread.question_detail, name="question_detail"),
    path("<pk:pk>/<str:slug>/", thread.question_detail, name="question_detail"),
]
