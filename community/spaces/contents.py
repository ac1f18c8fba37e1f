"""The kinds of this room: spaces, and the exceptional accesses to them, which their owners are told of."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.core import contents

from . import permissions
from .models import BreakGlass, Membership, Role, Space
from .querysets import readers_of_space


def register_kinds() -> None:
    contents.register(break_glass_kind())
    contents.register(
        contents.ContentKind(
            name="space",
            is_prepared=True,
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


def break_glass_kind() -> contents.ContentKind:
    """An access to a whole space, for its owners: what they read of it is in their log."""
    return contents.ContentKind(
        name="break_glass",
        is_prepared=True,
        label=_("Accès exceptionnel"),
        icon="key-round",
        model=BreakGlass,
        visible_to=accesses_told_to,
        can_view=lambda viewer, opened: opened.space is not None and permissions.can_administer(viewer, opened.space),
        readers=owners_told_of,
        can_moderate=lambda viewer, opened: False,
        displayed_author=lambda opened: contents.DisplayedAuthor(name=gettext("L’administration de la plateforme")),
        recipient=lambda opened: None,
        title=lambda opened: gettext("Accès exceptionnel à « %(space)s »") % {"space": opened.space},
        url=lambda opened: reverse("space_audit", args=[opened.space.slug]),
        space_id=lambda opened: opened.space_id,
        card_related=("space",),
    )


def accesses_told_to(viewer):
    if not viewer.is_authenticated:
        return BreakGlass.objects.none()
    owned = Membership.objects.filter(member=viewer, role=Role.OWNER)
    return BreakGlass.objects.filter(space__in=owned.values("space"))


def owners_told_of(opened: BreakGlass, members):
    if opened.space_id is None:
        return members.none()
    owners = Membership.objects.filter(space=opened.space_id, role=Role.OWNER)
    return members.filter(pk__in=owners.values("member"))
