from django.db import transaction
from django.utils.translation import gettext as _

from community.core import audit, contents, events
from community.core.errors import Invalid

from .. import permissions
from ..models import BreakGlass
from .open_break_glass import clean_reason, end_after


@transaction.atomic
def lift_anonymity(*, actor, kind: str, pk: int, reason: str, hours: int) -> BreakGlass:
    """Lets an administrator know who wrote one content, which she can read, for at most 24 hours.

    It opens that one identity, to her alone: `selectors.identity_behind` gives it while this is current.
    """
    permissions.require(permissions.can_open_break_glass(actor))
    content = contents.find_visible(actor, kind, pk)
    permissions.require(content is not None)
    registered = contents.get(kind)
    if not registered.displayed_author(content).anonymous:
        raise Invalid(_("Ce contenu n’est pas anonyme."))
    reason = clean_reason(reason)
    space_id = registered.space_id(content)
    opened = BreakGlass.objects.create(member=actor, kind=kind, object_id=pk, reason=reason, ends_at=end_after(hours))
    audit.record(
        "anonymity_lifted",
        actor=actor,
        kind=kind,
        object_id=pk,
        space_id=space_id,
        reason=reason,
        break_glass=opened.pk,
        ends_at=opened.ends_at.isoformat(),
    )
    events.emit(events.BreakGlassOpened(break_glass_id=opened.pk))
    return opened
