"""« Mes achats à venir »."""

from django.urls import path

from community.core import converters  # noqa: F401  registers <pk:…>

from .views import board, feeds, imports, purchase, share

urlpatterns = [
    path("", board.planner, name="planner"),
    path("rappels/", board.planner_reminders, name="planner_reminders"),
    path("pairs/cesser/", board.planner_hide, name="planner_hide"),
    path("achats.csv", board.planner_csv, name="planner_csv"),
    path("modele.csv", board.planner_model, name="planner_model"),
    path("agenda.ics", feeds.planner_ics, name="planner_ics"),
    path("agenda/ouvrir/", board.planner_feed_open, name="planner_feed_open"),
    path("agenda/fermer/", board.planner_feed_close, name="planner_feed_close"),
    path("agenda/<slug:token>.ics", feeds.planner_feed, name="planner_feed"),
    path("importer/", imports.purchase_import, name="purchase_import"),
    path("imports/<pk:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<pk:pk>/refusees.csv", imports.import_refused, name="import_refused"),
    path("imports/<pk:pk>/famille/", imports.import_family, name="import_family"),
    path("imports/<pk:pk>/annuler/", imports.import_undo, name="import_undo"),
    path("ajouter/", purchase.purchase_create, name="purchase_create"),
    path("<pk:pk>/", purchase.purchase_detail, name="purchase_detail"),
    path("<pk:pk>/modifier/", purchase.purchase_edit, name="purchase_edit"),
    path("<pk:pk>/supprimer/", purchase.purchase_delete, name="purchase_delete"),
    path("<pk:pk>/etape/", purchase.purchase_step, name="purchase_step"),
    path("<pk:pk>/famille/", purchase.purchase_file, name="purchase_file"),
    path("<pk:pk>/dossier/", purchase.purchase_dossier, name="purchase_dossier"),
    path("<pk:pk>/partager/", share.purchase_share, name="purchase_share"),
    path("<pk:pk>/quitter/", share.purchase_leave, name="purchase_leave"),
]
