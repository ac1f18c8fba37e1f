from django.apps import apps
from django.db.models import Q, QuerySet

from community.law.permissions import can_edit_law
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


class ReviewItemQuerySet(QuerySet):
    def open(self):
        return self.filter(decided_at=None)

    def caused_by(self, causes):
        """`causes` are (kind, pk) of texts and articles."""
        wanted = Q(pk__in=[])
        for kind, pk in causes:
            wanted |= Q(cause_kind=kind, cause_id=pk)
        return self.filter(wanted)

    def reviewable_by(self, member):
        """Jurists read the open community's contents again, the moderators of a space those of that space; and
        whoever was asked by one of them. Each must still be shown to the member before she learns of it.
        """
        if not member.is_authenticated:
            return self.none()
        Membership = apps.get_model("spaces", "Membership")
        spaces = Membership.objects.filter(member=member, role__in=MODERATING).values("space")
        reviewable = Q(space_id__in=spaces) | Q(assigned_to=member)
        if can_edit_law(member):
            reviewable |= Q(space_id=None)
        return self.filter(reviewable)
