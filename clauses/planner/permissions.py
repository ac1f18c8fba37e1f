"""Who may do what with a planned purchase: its owner, and the colleagues she named."""

from community.spaces.permissions import require

from .models import PlannedPurchase, PurchaseShare
from .vocabularies import ShareRole

__all__ = [
    "can_edit_purchase",
    "can_own_purchase",
    "can_plan",
    "can_share_purchase",
    "can_view_purchase",
    "require",
    "role_in_purchase",
]


def role_in_purchase(member, purchase: PlannedPurchase) -> str | None:
    if not member.is_authenticated:
        return None
    shares = PurchaseShare.objects.filter(purchase=purchase, member=member)
    return shares.values_list("role", flat=True).first()


def can_view_purchase(viewer, purchase: PlannedPurchase) -> bool:
    if not viewer.is_authenticated:
        return False
    # A named colleague reads; being staff names nobody.
    return purchase.owner_id == viewer.pk or role_in_purchase(viewer, purchase) is not None


def can_edit_purchase(member, purchase: PlannedPurchase) -> bool:
    if not member.is_authenticated:
        return False
    return purchase.owner_id == member.pk or role_in_purchase(member, purchase) == ShareRole.EDITOR


def can_own_purchase(member, purchase: PlannedPurchase) -> bool:
    """Being seen by peers, deleting, saying who else reads: the owner's alone."""
    return member.is_authenticated and purchase.owner_id == member.pk


def can_share_purchase(member, purchase: PlannedPurchase) -> bool:
    # Writes to somebody in the name of the site: the identity must have been checked.
    return can_own_purchase(member, purchase) and member.is_verified


def can_plan(member) -> bool:
    """Every member keeps her own list, verified or not: nobody else reads it."""
    return member.is_authenticated
