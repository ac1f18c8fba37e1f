"""Assembly: the addresses of every room."""

from django.conf import settings
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

# What is read most comes first: each address is compared with those above it.
urlpatterns = [
    path("questions/", include("qa.urls")),
    path("retours/", include("clauses.reports.urls_experience")),
    path("clauses/", include("clauses.reports.urls")),
    path("clauses/", include("clauses.library.urls")),
    path("dossiers/", include("clauses.dossiers.urls")),
    path("relire/", include("clauses.dossiers.urls_review")),
    path("", include("community.core.urls")),
    path("", include("community.members.urls")),
    path("compte/", include("allauth.account.urls")),
    path("compte/2fa/", include("allauth.mfa.urls")),
    path("compte/sessions/", include("allauth.usersessions.urls")),
    path("", include("community.spaces.urls")),
    path("", include("community.reading.urls")),
    path("", include("community.notifications.urls")),
    path("", include("community.moderation.urls")),
    path("", include("community.taxonomy.urls")),
    path("", include("community.law.urls")),
    path("mes-achats/", include("clauses.planner.urls")),
    path("calibrages/", include("clauses.calibration.urls")),
    path("", include("search.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("community.editorial.urls")),
]

handler403 = "community.core.views.forbidden"
handler404 = "community.core.views.not_found"
# allauth looks for this one.
handler429 = "community.core.views.too_many_requests"
handler500 = "community.core.views.server_error"

if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns += staticfiles_urlpatterns()
