from django.db import transaction

from community.core.events import FollowedTopicsChanged, emit
from community.notifications.actions import set_level
from community.notifications.models import Level
from community.taxonomy.models import PurchaseFamily


@transaction.atomic
def watch_family(*, family: PurchaseFamily, actor, level: str) -> None:
    """How closely the member follows a family; her profile, where families are ticked, says the same."""
    if level == Level.NONE:
        actor.families_followed.remove(family)
    else:
        actor.families_followed.add(family)
    emit(FollowedTopicsChanged(member_id=actor.pk))
    set_level(actor=actor, kind="family", pk=family.pk, level=level)
