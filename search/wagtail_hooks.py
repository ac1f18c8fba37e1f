"""The synonyms, edited in /cms/ and applied to queries within half a minute."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from .models import SynonymGroup


class SynonymViewSet(ModelViewSet):
    model = SynonymGroup
    name = "synonymes"
    icon = "search"
    form_fields = ["terms", "note"]
    list_display = ["terms", "note", "changed_at"]
    list_filter = ["note"]
    search_fields = ["terms", "note"]
    add_to_settings_menu = True
    inspect_view_enabled = False


@hooks.register("register_admin_viewset")
def register_synonyms() -> SynonymViewSet:
    return SynonymViewSet("synonymes")
