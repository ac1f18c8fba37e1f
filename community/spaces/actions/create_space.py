import unicodedata

from django.db import transaction
from django.utils.translation import gettext as _

from community.core import audit, events
from community.core.errors import Invalid
from community.core.ratelimits import Limit, spend
from community.core.slugs import slug_of

from .. import permissions
from ..models import Membership, Role, Space, SpaceKind, SpaceVisibility

CREATIONS = Limit("space", times=5, seconds=86_400)
# Addresses that are pages of their own under /espaces/.
RESERVED_SLUGS = {"creer", "acces-exceptionnels", "verifications"}
MAX_SLUG = 70


@transaction.atomic
def create_space(
    *,
    actor,
    name: str,
    visibility: str,
    description: str = "",
    history_from_joining: bool = False,
    kind: str = SpaceKind.GROUP,
    territories=(),
) -> Space:
    """Opens a space that the actor owns. A network, whose animators verify members, is staff's to open."""
    permissions.require(permissions.can_create_space(actor))
    if kind == SpaceKind.NETWORK:
        permissions.require(permissions.can_make_network(actor))
    if visibility not in SpaceVisibility.values or kind not in SpaceKind.values:
        raise Invalid(_("Choisissez qui peut lire l’espace."), field="visibility")
    name = clean_name(name)
    spend(CREATIONS, actor=actor)
    space = Space.objects.create(
        slug=free_slug(name),
        name=name,
        description=description.strip(),
        kind=kind,
        visibility=visibility,
        history_from_joining=history_from_joining,
        created_by=actor,
    )
    if kind == SpaceKind.NETWORK:
        space.territories.set(territories)
    Membership.objects.create(space=space, member=actor, role=Role.OWNER)
    audit.record("space_created", actor=actor, kind="space", object_id=space.pk, space_id=space.pk)
    events.emit(events.SpaceCreated(space_id=space.pk, by_id=actor.pk))
    return space


def clean_name(name: str) -> str:
    """One line of visible words: a name is shown in mails and titles."""
    printable = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in name)
    cleaned = " ".join(printable.split())
    if len(cleaned) < 3:
        raise Invalid(_("Donnez à l’espace un nom d’au moins trois lettres."), field="name")
    return cleaned


def free_slug(name: str) -> str:
    """An address that tells no more than the name; a taken one, even by a space one cannot see, gets a number."""
    base = slug_of(name, longest=MAX_SLUG) or "espace"
    slug, number = base, 1
    while slug in RESERVED_SLUGS or Space.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
