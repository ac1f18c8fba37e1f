"""Dossiers, for their persons."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views import exports, items, lists, parts, reviews, share
from .views.page import dossier_detail

ITEM = "<pk:pk>/articles/<pk:item_pk>/"
LINK = "<pk:pk>/relectures/<pk:link_pk>/"

urlpatterns = [
    path("", lists.dossier_list, name="dossier_list"),
    path("nouveau/", lists.dossier_create, name="dossier_create"),
    path("ajouter/<pk:clause_pk>/", lists.dossier_add, name="dossier_add"),
    path("invitations/<pk:pk>/", lists.dossier_invitation, name="dossier_invitation"),
    path("<pk:pk>/", dossier_detail, name="dossier_detail"),
    path("<pk:pk>/modifier/", lists.dossier_edit, name="dossier_edit"),
    path("<pk:pk>/exporter/", exports.dossier_export, name="dossier_export"),
    path("<pk:pk>/supprimer/", lists.dossier_delete, name="dossier_delete"),
    path("<pk:pk>/variables/", parts.dossier_variables, name="dossier_variables"),
    path("<pk:pk>/articles/ecrire/", items.item_write, name="item_write"),
    path("<pk:pk>/articles/retires/", items.item_removed, name="item_removed"),
    path(ITEM, items.item_edit, name="item_edit"),
    path(f"{ITEM}redaction/", items.item_wording, name="item_wording"),
    path(f"{ITEM}monter/", items.item_up, name="item_up"),
    path(f"{ITEM}descendre/", items.item_down, name="item_down"),
    path(f"{ITEM}retirer/", items.item_remove, name="item_remove"),
    path(f"{ITEM}remettre/", items.item_restore, name="item_restore"),
    path(f"{ITEM}version/", items.item_version, name="item_version"),
    path("<pk:pk>/notes/", parts.note_add, name="note_add"),
    path("<pk:pk>/notes/<pk:note_pk>/supprimer/", parts.note_remove, name="note_remove"),
    path("<pk:pk>/sourcing/", parts.sourcing_sheet, name="sourcing_sheet"),
    path("<pk:pk>/sourcing/rencontres/", parts.company_add, name="company_add"),
    path("<pk:pk>/sourcing/rencontres/<pk:company_pk>/", parts.company_edit, name="company_edit"),
    path(
        "<pk:pk>/sourcing/rencontres/<pk:company_pk>/supprimer/",
        parts.company_remove,
        name="company_remove",
    ),
    path("<pk:pk>/partage/", share.dossier_share, name="dossier_share"),
    path("<pk:pk>/partage/personne/", share.dossier_person, name="dossier_person"),
    path(
        "<pk:pk>/partage/personnes/<str:public_id>/retirer/",
        share.dossier_person_remove,
        name="dossier_person_remove",
    ),
    path(
        "<pk:pk>/partage/invitations/<pk:invitation_pk>/retirer/",
        share.dossier_invitation_withdraw,
        name="dossier_invitation_withdraw",
    ),
    path("<pk:pk>/relectures/", reviews.review_history, name="review_history"),
    path("<pk:pk>/relectures/inviter/", reviews.review_invite, name="review_invite"),
    path("<pk:pk>/relectures/apercu/", reviews.review_preview, name="review_preview"),
    path("<pk:pk>/relectures/avis/<pk:remark_pk>/", reviews.review_remark_answer, name="review_remark_answer"),
    path(f"{LINK}retirer/", reviews.review_withdraw, name="review_withdraw"),
    path(f"{LINK}renvoyer/", reviews.review_resend, name="review_resend"),
]
