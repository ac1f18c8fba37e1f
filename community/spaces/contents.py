"""The kind « space » of the registry."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.core import contents

from . import permissions
from .models import Space
from .querysets import readers_of_space


def register_kinds() -> None:
    contents.register(
        contents.ContentKind(
            name="space",
            label=_("Espace"),
            icon="layers",
            model=Space,
            visible_to=lambda viewer: Space.objects.visible_to(viewer),
            can_view=permissions.can_view,
            readers=readers_of_space,
            can_moderate=permissions.can_moderate,
            displayed_author=lambda space: contents.DisplayedAuthor(name=space.name),
            recipient=lambda space: None,
            title=lambda space: space.name,
            url=lambda space: reverse("space_detail", args=[space.slug]),
            space_id=lambda space: space.pk,
            text_fields=("name", "description"),
        )
    )
