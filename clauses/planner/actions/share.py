"""A row is opened to a named colleague, and closed again."""

from django.db import transaction
from django.utils.translation import gettext as _

from clauses.planner import permissions
from clauses.planner.models import PlannedPurchase, PurchaseShare
from clauses.planner.vocabularies import ShareRole
from community.core.errors import Invalid, Refused
from community.core.events import PurchaseShared, PurchaseUnshared, emit
from community.core.ratelimits import Limit, spend

from .plan import lock_purchase

MAX_SHARES = 30
SHARE = Limit("planner-share", times=100, seconds=60 * 60, newcomer=5)


@transaction.atomic
def share_purchase(*, actor, purchase: PlannedPurchase, member, role: str) -> PurchaseShare:
    """Said again with another role, the role changes. The colleague is told once."""
    permissions.require(permissions.can_share_purchase(actor, purchase))
    if role not in ShareRole.values:
        raise Invalid(_("Choisissez ce que cette personne peut faire."))
    if not member.is_active or member.is_ghost or not member.is_verified:
        raise Invalid(_("Ce compte ne peut pas recevoir d’achat : il n’est pas vérifié, ou il est fermé."))
    if member.pk == purchase.owner_id:
        raise Refused(_("Cet achat est déjà le vôtre."))
    spend(SHARE, actor=actor)
    locked = lock_purchase(purchase)
    known = PurchaseShare.objects.filter(purchase=locked)
    if known.exclude(member=member).count() >= MAX_SHARES:
        raise Refused(_("Un achat se partage avec %(count)d personnes au plus.") % {"count": MAX_SHARES})
    share, new = PurchaseShare.objects.update_or_create(purchase=locked, member=member, defaults={"role": role})
    if new:
        emit(PurchaseShared(purchase_id=locked.pk, member_id=member.pk, by_id=actor.pk))
    return share


@transaction.atomic
def stop_sharing(*, actor, purchase: PlannedPurchase, member) -> None:
    """By the owner, or by the colleague who leaves. The right ends with the row of the list."""
    leaves = actor.is_authenticated and actor.pk == member.pk
    permissions.require(leaves or permissions.can_own_purchase(actor, purchase))
    deleted, _by_model = PurchaseShare.objects.filter(purchase=purchase, member=member).delete()
    if deleted:
        emit(PurchaseUnshared(purchase_id=purchase.pk, member_id=member.pk, by_id=actor.pk))
