from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import audit, events
from community.core.errors import Invalid, Refused

from .. import permissions
from ..models import MAX_REASON, BreakGlass, Space

LEAST_REASON = 20
MOST_HOURS = 24


@transaction.atomic
def open_break_glass(*, actor, space: Space, reason: str, hours: int) -> BreakGlass:
    """Lets an administrator read a space for a stated reason and at most 24 hours; its owners see the line."""
    permissions.require(permissions.can_open_break_glass(actor))
    reason = clean_reason(reason)
    opened = BreakGlass.objects.create(member=actor, space=space, reason=reason, ends_at=end_after(hours))
    audit.record(
        "break_glass_opened",
        actor=actor,
        kind="space",
        object_id=space.pk,
        space_id=space.pk,
        reason=reason,
        break_glass=opened.pk,
        ends_at=opened.ends_at.isoformat(),
    )
    events.emit(events.BreakGlassOpened(break_glass_id=opened.pk))
    return opened


@transaction.atomic
def close_break_glass(*, actor, break_glass: BreakGlass) -> None:
    """Before its time, by who opened it or by an owner of the space."""
    owner = break_glass.space is not None and permissions.can_administer(actor, break_glass.space)
    permissions.require(owner or (actor.is_authenticated and actor.pk == break_glass.member_id))
    opened = BreakGlass.objects.select_for_update().current().filter(pk=break_glass.pk).first()
    if opened is None:
        raise Refused(_("Cet accès est déjà refermé."))
    opened.ends_at = timezone.now()
    opened.save(update_fields=["ends_at"])
    audit.record(
        "break_glass_closed",
        actor=actor,
        kind="space" if opened.space_id else opened.kind,
        object_id=opened.space_id or opened.object_id,
        space_id=opened.space_id,
        break_glass=opened.pk,
    )
    events.emit(events.BreakGlassClosed(break_glass_id=opened.pk))


def clean_reason(reason: str) -> str:
    reason = " ".join(reason.split())
    if len(reason) < LEAST_REASON:
        raise Invalid(
            _("Écrivez un motif d’au moins %(count)d caractères : les propriétaires le liront.")
            % {"count": LEAST_REASON},
            field="reason",
        )
    if len(reason) > MAX_REASON:
        raise Invalid(_("Ce motif est trop long."), field="reason")
    return reason


def end_after(hours: int):
    if not 1 <= hours <= MOST_HOURS:
        raise Invalid(_("La durée va d’une à vingt-quatre heures."), field="hours")
    return timezone.now() + timedelta(hours=hours)
