"""Who reads what of the planner: the owner and those she named. The platform's staff is nobody here."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet


class PurchaseQuerySet(QuerySet):
    def visible_to(self, viewer):
        if not viewer.is_authenticated:
            return self.none()
        named = apps.get_model("planner", "PurchaseShare").objects.filter(member=viewer)
        return self.filter(Q(owner=viewer) | Q(pk__in=named.values("purchase")))

    def editable_by(self, member):
        if not member.is_authenticated:
            return self.none()
        named = apps.get_model("planner", "PurchaseShare").objects.filter(member=member, role="editor")
        return self.filter(Q(owner=member) | Q(pk__in=named.values("purchase")))

    def owned_by(self, member):
        return self.filter(owner=member)

    def under_way(self):
        return self.exclude(status__in=("awarded", "dropped"))

    def seen_by_peers(self):
        """Those whose owner agreed, is still here, and whose place in the community was checked."""
        return self.filter(
            visible_to_peers=True,
            family__isnull=False,
            owner__is_active=True,
            owner__is_ghost=False,
            owner__verified_at__isnull=False,
        ).exclude(status="dropped")


class ReminderQuerySet(QuerySet):
    def visible_to(self, viewer):
        purchases = apps.get_model("planner", "PlannedPurchase").objects.visible_to(viewer)
        return self.filter(purchase__in=purchases)


class OwnedQuerySet(QuerySet):
    def visible_to(self, viewer):
        return self.filter(owner=viewer) if viewer.is_authenticated else self.none()


def readers_of_purchase(purchase, members: QuerySet) -> QuerySet:
    """Those of `members` who read the row, in one query."""
    named = apps.get_model("planner", "PurchaseShare").objects.filter(purchase=purchase, member=OuterRef("pk"))
    return members.filter(Q(pk=purchase.owner_id) | Exists(named))
