from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from . import views

urlpatterns = [
    path("notifications/", views.notification_list, name="notification_list"),
    path("notifications/lues/", views.notifications_seen, name="notifications_seen"),
    path("notifications/lues/<slug:kind>/<pk:pk>/", views.subject_seen, name="subject_seen"),
    path("suivi/<slug:kind>/<pk:pk>/", views.subject_watch, name="subject_watch"),
]
