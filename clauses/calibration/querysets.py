"""Who reads a request: those who read its dossier, and those who are asked, as long as they may be asked."""

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet


class FacilitatorQuerySet(QuerySet):
    def standing(self):
        """Those whose profile still says what was confirmed."""
        return self.filter(
            member__is_active=True,
            member__verified_at__isnull=False,
            member__account_kind="facilitator",
            member__territory=F("territory"),
        )

    def covering(self, territory):
        """Of the département, or of its région."""
        return self.filter(Q(territory=territory) | Q(territory=territory.parent_id))


class CalibrationQuerySet(QuerySet):
    def visible_to(self, viewer):
        if not viewer.is_authenticated:
            return self.none()
        dossiers = apps.get_model("dossiers", "Dossier").objects.visible_to(viewer)
        return self.filter(Q(dossier__in=dossiers.values("pk")) | asked_q(viewer))

    def received_by(self, member):
        """Those that the member is asked, whatever became of them since, withdrawn apart."""
        return self.filter(asked_q(member)) if member.is_authenticated else self.none()

    def of_buyers(self, member):
        """Those of the dossiers that the member reads."""
        dossiers = apps.get_model("dossiers", "Dossier").objects.visible_to(member)
        return self.filter(dossier__in=dossiers.values("pk"))


class BelongsToRequestQuerySet(QuerySet):
    def visible_to(self, viewer):
        requests = apps.get_model("calibration", "CalibrationRequest").objects.visible_to(viewer)
        return self.filter(request__in=requests.values("pk"))


def asked_q(member) -> Q:
    """A request that was withdrawn is no longer theirs to read."""
    ConfirmedFacilitator = apps.get_model("calibration", "ConfirmedFacilitator")
    Membership = apps.get_model("spaces", "Membership")
    # A confirmation that was taken back, or that the profile no longer bears out, closes the requests too.
    confirmed = ConfirmedFacilitator.objects.standing().filter(member=member)
    animated = Membership.objects.moderating().filter(member=member, space__archived_at=None)
    asked = Q(facilitator=member) & Exists(confirmed)
    asked |= Q(space__in=animated.values("space"))
    if member.is_staff:
        # Where neither a facilitator nor a network covers the territory, the staff is asked by name of office.
        asked |= Q(asked="staff")
    return asked & ~Q(state="withdrawn")


def askees_of(request, members: QuerySet) -> QuerySet:
    """Those of `members` who are asked, in one query."""
    if request.state == "withdrawn":
        return members.none()
    if request.asked == "facilitator":
        confirmed = apps.get_model("calibration", "ConfirmedFacilitator").objects.standing()
        return members.filter(Exists(confirmed.filter(member=OuterRef("pk"))), pk=request.facilitator_id)
    if request.asked == "network":
        Membership = apps.get_model("spaces", "Membership")
        animating = Membership.objects.moderating().filter(space=request.space_id, space__archived_at=None)
        return members.filter(Exists(animating.filter(member=OuterRef("pk"))))
    return members.filter(is_staff=True)


def readers_of_calibration(request, members: QuerySet) -> QuerySet:
    """Those of `members` who read the request, in one query."""
    shared = apps.get_model("dossiers", "DossierMember").objects.filter(
        dossier=request.dossier_id, member=OuterRef("pk")
    )
    asked = askees_of(request, apps.get_model("members", "Member").objects.all())
    buyers = Q(pk=request.dossier.owner_id) | Exists(shared)
    return members.filter(buyers | Q(pk__in=asked.values("pk")))
