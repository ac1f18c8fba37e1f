"""The list shape of the kernel's rules; `permissions` holds the other two and tells each reason."""

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Now
from django.utils import timezone

MODERATING = ("moderator", "owner")
ROLES_BY_POWER = ("owner", "moderator", "reviewer", "member", "guest")


class SpaceQuerySet(QuerySet):
    def active(self):
        return self.filter(archived_at=None)

    def visible_to(self, viewer):
        return self.filter(readable_space_q(viewer, ""))

    def joined_by(self, member):
        return self.filter(memberships__member=member)

    def askable_by(self, member):
        """Those where `permissions.can_ask_in` lets the member open a thread."""
        if not member.is_authenticated:
            return self.none()
        Membership = apps.get_model("spaces", "Membership")
        inside = Membership.objects.filter(space=OuterRef("pk"), member=member)
        shown_to_all = ["open", "members"] if member.is_verified else ["open"]
        from_outside = Q(visibility__in=shown_to_all) & ~Q(Exists(inside))
        return self.active().filter(Q(Exists(inside.exclude(role="guest"))) | from_outside)


class MembershipQuerySet(QuerySet):
    def moderating(self):
        return self.filter(role__in=MODERATING)

    def owning(self):
        return self.filter(role="owner")

    def strongest_first(self):
        rank = Case(*(When(role=role, then=rank) for rank, role in enumerate(ROLES_BY_POWER)), default=99)
        return self.order_by(rank, "pk")


class InvitationQuerySet(QuerySet):
    def pending(self):
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())


class BreakGlassQuerySet(QuerySet):
    def current(self):
        # By the clock of the database: the rules that ask this are compiled once and kept (`core.prepared`).
        return self.filter(ends_at__gt=Now())


def readable_space_q(viewer, prefix: str) -> Q:
    """The spaces that a viewer may know and read; `prefix` is the lookup that leads to the space, with its `__`."""
    # An open space is for everyone, with or without an account.
    readable = Q(**{f"{prefix}visibility": "open"})
    if not viewer.is_authenticated:
        return readable
    if viewer.is_verified:
        # What is kept for the community is for those whose place in it was checked.
        readable |= Q(**{f"{prefix}visibility": "members"})
    # Whoever was taken into a space reads it; she who entered a reserved one as verified leaves it as she loses that.
    readable |= Q(**{f"{prefix}pk__in": joined_space_ids(viewer)})
    if viewer.is_staff:
        # Break-glass: an administrator reads a private space for a stated reason and time, and its owners see it.
        readable |= Q(**{f"{prefix}pk__in": opened_space_ids(viewer)})
    return readable


def content_in_readable_space_q(viewer) -> Q:
    """For models with a nullable `space`: contents of the open community and of the spaces the viewer reads."""
    return Q(space=None) | readable_space_q(viewer, "space__")


def told_to_newcomers_q(viewer, since: str) -> Q:
    """Of what stands in readable spaces, all but the past of a space with `history_from_joining`.

    `since` names the moment of a content that is compared with the day the viewer came.
    """
    if not viewer.is_authenticated:
        return ~Q(pk__in=[])
    # Newcomers of a space that protects its past see what was written after they came.
    Membership = apps.get_model("spaces", "Membership")
    came_before = Membership.objects.filter(member=viewer, space=OuterRef("space"), joined_at__lte=OuterRef(since))
    past_is_shared = Q(space=None) | Q(space__history_from_joining=False) | ~Q(space__visibility="private")
    told = past_is_shared | Exists(came_before)
    if viewer.is_staff:
        told |= Q(space__in=opened_space_ids(viewer))
    return told


def joined_space_ids(viewer) -> QuerySet:
    return apps.get_model("spaces", "Membership").objects.filter(member=viewer).values("space")


def opened_space_ids(viewer) -> QuerySet:
    return (
        apps.get_model("spaces", "BreakGlass")
        .objects.current()
        .filter(member=viewer, space__isnull=False)
        .values("space")
    )


def readers_of_space(space, members: QuerySet, *, since=None) -> QuerySet:
    """Those of `members` who may read a content of the space (none: the open community) written at `since`."""
    if space is None or space.visibility == "open":
        return members
    inside = apps.get_model("spaces", "Membership").objects.filter(space=space, member=OuterRef("pk"))
    if space.visibility == "private" and space.history_from_joining and since is not None:
        inside = inside.filter(joined_at__lte=since)
    opened = apps.get_model("spaces", "BreakGlass").objects.current().filter(space=space, member=OuterRef("pk"))
    may_read = Q(Exists(inside)) | (Q(is_staff=True) & Exists(opened))
    if space.visibility == "members":
        may_read |= Q(verified_at__isnull=False)
    return members.filter(may_read)


def own_q(viewer, prefix: str = "") -> Q:
    """What the viewer wrote; `prefix` is the lookup that leads to it."""
    return Q(**{f"{prefix}author": viewer}) if viewer.is_authenticated else Q(pk__in=[])


def moderated_q(viewer, prefix: str = "") -> Q:
    """Contents of the spaces that the viewer moderates; staff moderates the open community."""
    if not viewer.is_authenticated:
        return Q(pk__in=[])
    Membership = apps.get_model("spaces", "Membership")
    spaces = Membership.objects.filter(member=viewer, role__in=MODERATING).values("space")
    moderated = Q(**{f"{prefix}space__in": spaces})
    if viewer.is_staff:
        moderated |= Q(**{f"{prefix}space": None})
    return moderated


def members_to_approve(actor) -> QuerySet:
    """The persons not verified yet whose address is confirmed and whom the actor may approve."""
    Member = apps.get_model("members", "Member")
    waiting = Member.objects.persons().filter(
        Exists(apps.get_model("account", "EmailAddress").objects.filter(user=OuterRef("pk"), verified=True)),
        verified_at=None,
    )
    if not actor.is_authenticated:
        return waiting.none()
    moderated = apps.get_model("spaces", "Membership").objects.filter(member=actor, role__in=MODERATING)
    covered = _covered_territories(Q(space__in=moderated.values("space")))
    mine = Q(territory__in=covered) | Q(territory__parent__in=covered)
    if actor.is_staff:
        # Where no network with an animator covers the territory, the platform's staff approves.
        animated = apps.get_model("spaces", "Membership").objects.filter(role__in=MODERATING).values("space")
        taken = _covered_territories(Q(space__in=animated))
        elsewhere = Q(territory=None) | ~(Q(territory__in=taken) | Q(territory__parent__in=taken))
        # A département without a région has no parent: SQL's NULL must not count as covered.
        elsewhere |= Q(territory__parent=None) & ~Q(territory__in=taken)
        mine |= elsewhere
    return waiting.filter(mine).exclude(pk=actor.pk)


def _covered_territories(which: Q) -> QuerySet:
    through = apps.get_model("spaces", "Space").territories.through
    return through.objects.filter(which, space__kind="network", space__archived_at=None).values("territory")
