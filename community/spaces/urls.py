from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views import administration, pages, power

urlpatterns = [
    path("espaces/", pages.space_list, name="space_list"),
    path("espaces/creer/", pages.space_create, name="space_create"),
    path("espaces/verifications/", power.approval_list, name="approval_list"),
    path("espaces/verifications/<slug:public_id>/", power.approval_give, name="approval_give"),
    path("espaces/acces-exceptionnels/", power.break_glass_list, name="break_glass_list"),
    path("espaces/acces-exceptionnels/<pk:pk>/fermer/", power.break_glass_close, name="break_glass_close"),
    path("espaces/acces-exceptionnels/<slug:kind>/<pk:pk>/", power.anonymity_lift, name="anonymity_lift"),
    path("espaces/<slug:slug>/", pages.space_detail, name="space_detail"),
    path("espaces/<slug:slug>/rejoindre/", pages.space_join, name="space_join"),
    path("espaces/<slug:slug>/quitter/", pages.space_leave, name="space_leave"),
    path("espaces/<slug:slug>/administration/", administration.space_admin, name="space_admin"),
    path("espaces/<slug:slug>/administration/roles/", administration.space_roles, name="space_roles"),
    path(
        "espaces/<slug:slug>/administration/retirer/<slug:public_id>/",
        administration.space_member_remove,
        name="space_member_remove",
    ),
    path("espaces/<slug:slug>/administration/invitations/", administration.space_invitations, name="space_invitations"),
    path(
        "espaces/<slug:slug>/administration/invitations/<pk:pk>/retirer/",
        administration.invitation_revoke,
        name="invitation_revoke",
    ),
    path(
        "espaces/<slug:slug>/administration/invitations/<pk:pk>/renvoyer/",
        administration.invitation_resend,
        name="invitation_resend",
    ),
    path("espaces/<slug:slug>/territoires/", power.space_territories, name="space_territories"),
    path("espaces/<slug:slug>/administration/reglages/", administration.space_settings, name="space_settings"),
    path("espaces/<slug:slug>/administration/archive/", administration.space_archive, name="space_archive"),
    path("espaces/<slug:slug>/administration/journal/", administration.space_audit, name="space_audit"),
    path("invitation/<slug:token>/", pages.invitation_accept, name="invitation_accept"),
    path("invitation/<slug:token>/decliner/", pages.invitation_decline, name="invitation_decline"),
]
