"""The kind « dossier »: bookmarks and notifications lead to it; its title is told to nobody but its persons."""

from django.utils.translation import gettext_lazy as _

from community.core import contents
from community.core.contents import ContentKind
from community.members.display import displayed

from . import permissions
from .addresses import dossier_url
from .models import Dossier
from .querysets import readers_of_dossier


def register_kinds() -> None:
    contents.register(dossier_kind())


def dossier_kind() -> ContentKind:
    return ContentKind(
        name="dossier",
        is_prepared=True,
        label=_("Dossier"),
        icon="folder",
        model=Dossier,
        visible_to=lambda viewer: Dossier.objects.visible_to(viewer),
        can_view=permissions.can_view_dossier,
        readers=readers_of_dossier,
        can_moderate=lambda viewer, dossier: False,
        displayed_author=lambda dossier: displayed(dossier.owner),
        recipient=lambda dossier: dossier.owner,
        title=lambda dossier: dossier.title,
        url=lambda dossier: dossier_url(dossier.pk),
        space_id=lambda dossier: None,
        card_related=("owner__organisation",),
        url_names=("dossier_detail",),
    )
