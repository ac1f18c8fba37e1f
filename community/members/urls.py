from django.urls import path
from django.views.generic import RedirectView

from community.core import converters  # noqa: F401  registers <pk:…>

from .views import profile, review, security, signup

to_security = RedirectView.as_view(pattern_name="account_security")

# The first rows stand before allauth's own, at the same addresses and under the same names: one page shows them all.
urlpatterns = [
    path("compte/signup/", signup.SignupView.as_view(), name="account_signup"),
    path("compte/2fa/", to_security, name="mfa_index"),
    path("compte/2fa/webauthn/", to_security, name="mfa_list_webauthn"),
    path("compte/sessions/", to_security, name="usersessions_list"),
    path("compte/securite/", security.account_security, name="account_security"),
    path("compte/securite/fermer/", security.session_close, name="session_close"),
    path("compte/de-retour/", security.session_restored, name="session_restored"),
    path("compte/organisations/", signup.organisation_search, name="organisation_search"),
    path("compte/profil/", profile.profile_edit, name="profile_edit"),
    path("fournisseurs/", signup.suppliers, name="suppliers"),
    path("membres/", profile.member_list, name="member_list"),
    path("membres/moi/", profile.my_profile, name="my_profile"),
    path("membres/a-confirmer/", review.organisation_review, name="organisation_review"),
    path("membres/a-confirmer/<pk:pk>/", review.organisation_confirm, name="organisation_confirm"),
    path("membres/reprises/<pk:pk>/", review.claim_decide, name="claim_decide"),
    path("membres/<slug:public_id>/", profile.member_profile, name="member_profile"),
    path("membres/<slug:public_id>/reprendre/", profile.ghost_claim, name="ghost_claim"),
    path("membres/<slug:public_id>/expertise/", review.expertise_grant, name="expertise_grant"),
    path("membres/<slug:public_id>/expertise/<pk:pk>/retirer/", review.expertise_revoke, name="expertise_revoke"),
]
