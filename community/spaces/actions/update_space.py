from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import audit, events
from community.core.errors import Invalid

from .. import permissions
from ..models import Space, SpaceKind, SpaceVisibility
from .create_space import clean_name
from .locks import lock_space

WIDTH: dict[str, int] = {SpaceVisibility.PRIVATE: 0, SpaceVisibility.MEMBERS: 1, SpaceVisibility.OPEN: 2}


def widens(space: Space, visibility: str, history_from_joining: bool) -> bool:
    """Would what was written for some become readable by more?"""
    if WIDTH[visibility] > WIDTH[space.visibility]:
        return True
    private = space.visibility == visibility == SpaceVisibility.PRIVATE
    return private and space.history_from_joining and not history_from_joining


@transaction.atomic
def update_space(
    *,
    actor,
    space: Space,
    name: str,
    description: str,
    visibility: str,
    history_from_joining: bool,
    widening_confirmed: bool = False,
) -> Space:
    """Names, presents and says who reads. What was written for some opens to more only when that was said aloud."""
    permissions.require(permissions.can_administer(actor, space))
    if visibility not in SpaceVisibility.values:
        raise Invalid(_("Choisissez qui peut lire l’espace."), field="visibility")
    name = clean_name(name)
    space = lock_space(space)
    if widens(space, visibility, history_from_joining) and not widening_confirmed:
        raise Invalid(
            _("Ce réglage rend lisible par davantage de personnes ce qui a déjà été écrit : confirmez-le."),
            field="widening_confirmed",
        )
    before = (space.visibility, space.history_from_joining)
    space.name, space.description = name, description.strip()
    space.visibility, space.history_from_joining = visibility, history_from_joining
    space.save(update_fields=["name", "description", "visibility", "history_from_joining"])
    if before == (visibility, history_from_joining):
        events.emit(events.SpaceUpdated(space_id=space.pk, by_id=actor.pk))
    else:
        record_readers_changed(space, actor=actor, was=before[0])
    return space


def record_readers_changed(space: Space, *, actor, was: str) -> None:
    audit.record(
        "space_visibility_changed",
        actor=actor,
        kind="space",
        object_id=space.pk,
        space_id=space.pk,
        visibility=space.visibility,
        was=was,
        history_from_joining=space.history_from_joining,
    )
    events.emit(events.SpaceVisibilityChanged(space_id=space.pk, by_id=actor.pk))


@transaction.atomic
def set_territories(*, actor, space: Space, territories) -> Space:
    """Says which territories a network covers: its animators verify the members of those. Staff's, as opening one."""
    permissions.require(permissions.can_make_network(actor))
    space = lock_space(space)
    if space.kind != SpaceKind.NETWORK:
        raise Invalid(_("Seul un réseau couvre des territoires."), field="territories")
    before = set(space.territories.values_list("code", flat=True))
    after = {territory.code for territory in territories}
    if before == after:
        return space
    space.territories.set(territories)
    audit.record(
        "territories_changed",
        actor=actor,
        kind="space",
        object_id=space.pk,
        space_id=space.pk,
        added=sorted(after - before),
        removed=sorted(before - after),
    )
    events.emit(events.SpaceUpdated(space_id=space.pk, by_id=actor.pk))
    return space


@transaction.atomic
def archive_space(*, actor, space: Space, archived: bool) -> None:
    """An archived space is read by the same people and written in by nobody."""
    permissions.require(permissions.can_administer(actor, space))
    space = lock_space(space)
    if (space.archived_at is not None) == archived:
        return
    space.archived_at = timezone.now() if archived else None
    space.save(update_fields=["archived_at"])
    action = "space_archived" if archived else "space_reopened"
    audit.record(action, actor=actor, kind="space", object_id=space.pk, space_id=space.pk)
    events.emit(events.SpaceUpdated(space_id=space.pk, by_id=actor.pk))
