"""What each member chooses for herself: reminders, the address of her calendar, being seen by her peers."""

import secrets

from django.db import transaction

from clauses.planner.feed import feed_hash, feed_token
from clauses.planner.models import PlannedPurchase, PlannerSettings
from clauses.planner.permissions import can_plan, require


@transaction.atomic
def choose_reminders(*, actor, remind_before: bool, remind_same_day: bool, weekly_mail: bool) -> PlannerSettings:
    require(can_plan(actor))
    chosen = {"remind_before": remind_before, "remind_same_day": remind_same_day, "weekly_mail": weekly_mail}
    settings, _new = PlannerSettings.objects.update_or_create(member=actor, defaults=chosen)
    return settings


@transaction.atomic
def open_feed(*, actor) -> PlannerSettings:
    """A fresh address: the former one, if there was one, opens nothing any more."""
    require(can_plan(actor))
    settings, _new = PlannerSettings.objects.get_or_create(member=actor)
    settings.feed_nonce = secrets.token_hex(16)
    settings.feed_hash = feed_hash(feed_token(settings))
    settings.save(update_fields=["feed_nonce", "feed_hash"])
    return settings


@transaction.atomic
def close_feed(*, actor) -> None:
    require(can_plan(actor))
    PlannerSettings.objects.filter(member=actor).update(feed_nonce="", feed_hash="")


@transaction.atomic
def hide_from_peers(*, actor) -> int:
    """Takes back at once every agreement to be seen; says how many there were."""
    require(can_plan(actor))
    return PlannedPurchase.objects.owned_by(actor).filter(visible_to_peers=True).update(visible_to_peers=False)
