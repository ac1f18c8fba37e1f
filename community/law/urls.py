"""The legal texts, the legal calendar."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from . import views

urlpatterns = [
    path("calendrier-juridique/", views.legal_calendar, name="legal_calendar"),
    path("calendrier-juridique/echeances.ics", views.legal_calendar_ics, name="legal_calendar_ics"),
    path("calendrier-juridique/ajouter/", views.obligation_create, name="obligation_create"),
    path("calendrier-juridique/<slug:slug>/modifier/", views.obligation_edit, name="obligation_edit"),
    path("textes/", views.legal_text_list, name="legal_text_list"),
    path("textes/ajouter/texte/", views.legal_text_create, name="legal_text_create"),
    path("textes/article/<pk:pk>/modifier/", views.provision_edit, name="provision_edit"),
    path("textes/article/<pk:pk>/abroger/", views.provision_repeal, name="provision_repeal"),
    path("textes/<slug:slug>/", views.legal_text, name="legal_text"),
    path("textes/<slug:slug>/modifier/", views.legal_text_edit, name="legal_text_edit"),
    path("textes/<slug:slug>/abroger/", views.legal_text_repeal, name="legal_text_repeal"),
    path("textes/<slug:slug>/remettre-en-vigueur/", views.legal_text_restore, name="legal_text_restore"),
    path("textes/<slug:slug>/articles/ajouter/", views.provision_create, name="provision_create"),
    path("seuils/", views.threshold_list, name="threshold_list"),
    path("seuils/ajouter/", views.threshold_create, name="threshold_create"),
    path("seuils/<pk:pk>/modifier/", views.threshold_edit, name="threshold_edit"),
]
