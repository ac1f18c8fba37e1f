"""What several acts on a space check once they hold it."""

from django.utils.translation import gettext as _

from community.core.errors import Refused

from ..models import Membership, Role, Space


def lock_space(space: Space) -> Space:
    """Memberships of one space change one at a time, so that counting its owners means something."""
    return Space.objects.select_for_update().get(pk=space.pk)


def lock_membership(space: Space, member) -> Membership:
    membership = Membership.objects.select_for_update().filter(space=space, member=member).first()
    if membership is None:
        raise Refused(_("Cette personne n’est pas, ou n’est plus, dans l’espace."))
    return membership


def require_another_owner(membership: Membership) -> None:
    """A space always has somebody who can sign in and answers for it."""
    if membership.role != Role.OWNER:
        return
    others = Membership.objects.owning().filter(space=membership.space_id, member__is_active=True)
    if not others.exclude(pk=membership.pk).exists():
        raise Refused(_("Un espace a toujours un ou une propriétaire : donnez d’abord ce rôle à quelqu’un d’autre."))
