"""Hours of insertion: the calculator, requests of calibration, hours done."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views import ask, facilitators, hours, requests

urlpatterns = [
    path("", requests.calibration_list, name="calibration_list"),
    path("calcul/", hours.insertion_hours, name="insertion_hours"),
    path("demander/<pk:dossier_pk>/", ask.calibration_ask, name="calibration_ask"),
    path("facilitateurs/", facilitators.facilitator_list, name="facilitator_list"),
    path("facilitateurs/<slug:public_id>/", facilitators.facilitator_confirm, name="facilitator_confirm"),
    path("<pk:pk>/", requests.calibration_detail, name="calibration_detail"),
    path("<pk:pk>/repondre/", requests.calibration_answer, name="calibration_answer"),
    path("<pk:pk>/decliner/", requests.calibration_decline, name="calibration_decline"),
    path("<pk:pk>/retirer/", requests.calibration_withdraw, name="calibration_withdraw"),
    path("<pk:pk>/joindre/", requests.calibration_join, name="calibration_join"),
    path("<pk:pk>/attribuer/", requests.calibration_award, name="calibration_award"),
    path("<pk:pk>/heures/", requests.calibration_hours, name="calibration_hours"),
    path(
        "<pk:pk>/heures/<pk:entry_pk>/retirer/", requests.calibration_entry_withdraw, name="calibration_entry_withdraw"
    ),
]
