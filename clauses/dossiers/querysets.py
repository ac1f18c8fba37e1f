"""The list shape of the rules whose predicate shape is in `permissions`.

A dossier, and all it holds, is its owner's and the listed persons': no space, no staff, no moderator.
"""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone


class DossierQuerySet(QuerySet):
    def visible_to(self, viewer):
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(Q(owner=viewer) | Exists(shares_with(viewer)))

    def editable_by(self, viewer):
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(Q(owner=viewer) | Exists(shares_with(viewer).filter(role="editor")))

    def recent(self):
        return self.order_by("-edited_at", "-pk")


def shares_with(viewer) -> QuerySet:
    return apps.get_model("dossiers", "DossierMember").objects.filter(dossier=OuterRef("pk"), member=viewer)


class BelongsToDossierQuerySet(QuerySet):
    """Items, notes, sourcing: they are read with their dossier."""

    def visible_to(self, viewer):
        return self.filter(dossier__in=apps.get_model("dossiers", "Dossier").objects.visible_to(viewer))

    def standing(self):
        """Items that were not taken out."""
        return self.filter(removed_at=None)


class ShareInvitationQuerySet(QuerySet):
    def standing(self):
        return self.filter(expires_at__gt=timezone.now())

    def for_member(self, member):
        """Those sent to an address that the member proved hers."""
        if not member.is_authenticated:
            return self.none()
        EmailAddress = apps.get_model("account", "EmailAddress")
        own = EmailAddress.objects.filter(user=member, verified=True, email__iexact=OuterRef("email"))
        return self.standing().filter(Exists(own))


class ReviewLinkQuerySet(BelongsToDossierQuerySet):
    def open(self):
        """Neither withdrawn nor expired."""
        return self.filter(withdrawn_at=None, expires_at__gt=timezone.now())


class ReviewRemarkQuerySet(QuerySet):
    def visible_to(self, viewer):
        return self.filter(link__dossier__in=apps.get_model("dossiers", "Dossier").objects.visible_to(viewer))


def readers_of_dossier(dossier, members: QuerySet) -> QuerySet:
    """Those of `members` who may read the dossier, in one query (the fan-out shape)."""
    shared = apps.get_model("dossiers", "DossierMember").objects.filter(dossier=dossier, member=OuterRef("pk"))
    return members.filter(Q(pk=dossier.owner_id) | Exists(shared))
