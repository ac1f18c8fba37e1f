from django.apps import apps
from django.db.models import Q, QuerySet

from community.spaces.querysets import MODERATING


class FlagQuerySet(QuerySet):
    def open(self):
        return self.filter(decision=None)

    def reviewable_by(self, member):
        """Flags of the spaces that the member moderates; the platform's staff reviews the open community."""
        if not member.is_authenticated:
            return self.none()
        Membership = apps.get_model("spaces", "Membership")
        spaces = Membership.objects.filter(member=member, role__in=MODERATING).values("space")
        reviewable = Q(space_id__in=spaces)
        if member.is_staff:
            reviewable |= Q(space_id=None)
        return self.filter(reviewable)
