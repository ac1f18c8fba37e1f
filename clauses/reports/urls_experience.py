"""Experience reports, below /retours/."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views import detail, feeds, lists, share

urlpatterns = [
    path("", lists.experience_list, name="experience_list"),
    path("flux.atom", feeds.ExperienceFeed(), name="experience_feed"),
    path("familles/<slug:slug>/flux.atom", feeds.FamilyExperienceFeed(), name="experience_family_feed"),
    path("partager/", share.experience_share, name="experience_share"),
    path("<pk:pk>/modifier/", share.experience_edit, name="experience_edit"),
    path("<pk:pk>/versions/", detail.experience_history, name="experience_history"),
    path("<pk:pk>/utile/", detail.experience_useful, name="experience_useful"),
    path("<pk:pk>/retirer/", detail.experience_withdraw, name="experience_withdraw"),
    path("<pk:pk>/supprimer/", detail.experience_delete, name="experience_delete"),
    path("<pk:pk>/masquer/", detail.experience_hide, name="experience_hide"),
    path("<pk:pk>/retablir/", detail.experience_restore, name="experience_restore"),
    path("<pk:pk>/", detail.experience_detail, name="experience_detail"),
    path("<pk:pk>/<slug:slug>/", detail.experience_detail, name="experience_detail"),
]
