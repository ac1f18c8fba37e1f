"""The list shape of the rules whose predicate shape is in `permissions`; both are told there."""

from datetime import UTC, datetime

from django.apps import apps
from django.db.models import Exists, F, Manager, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from community.core.unindexed import Unindexed
from community.law.permissions import can_edit_law
from community.spaces.querysets import content_in_readable_space_q, own_q, readers_of_space, told_to_newcomers_q

READABLE = ("published", "obsolete")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# Those of a space who read again what its members write: reviewers and above.
REVIEWING = ("reviewer", "moderator", "owner")


class ClauseQuerySet(QuerySet):
    @classmethod
    def as_open_manager(cls) -> Manager:
        """A manager that knows only the open community's clauses."""

        class OpenClauseManager(Manager.from_queryset(cls)):
            def get_queryset(self):
                return super().get_queryset().filter(space=None)

        return OpenClauseManager()

    def visible_to(self, viewer):
        own = own_q(viewer) & ~Q(state="archived")
        reviewed = reviewed_by_q(viewer) if viewer.is_authenticated else own
        # The state is looked up in no index: SQLite would read the wide rows of nearly all, or each arm of the "or"
        # apart, where the index of the library holds all that this rule asks.
        public = Q(In(Unindexed(F("state")), READABLE), hidden_at=None)
        return self.filter(
            content_in_readable_space_q(viewer),
            told_to_newcomers_q(viewer, since="created_at") | own,
            public | reviewed | own,
        )

    def published(self):
        """What the library advises: neither obsolete nor hidden."""
        return self.filter(state="published", hidden_at=None)

    def readable(self):
        return self.filter(state__in=READABLE, hidden_at=None)

    def waiting_for_review(self):
        return self.filter(state="in_review", hidden_at=None)

    def reviewable_by(self, member):
        """Those whose text the member may change and publish."""
        return self.filter(reviewed_by_q(member))

    def mendable_by(self, member):
        """Published ones whose citations the member may bring up to date: those whose text she may change and, for a
        jurist, all of the open community.
        """
        if not member.is_authenticated:
            return self.none()
        mine = reviewed_by_q(member)
        if can_edit_law(member):
            mine |= Q(space=None)
        return self.visible_to(member).published().filter(mine).exclude(space__archived_at__isnull=False)

    def open(self):
        return self.filter(space=None)

    def in_family(self, family):
        return self.filter(
            Q(family=family)
            | Q(family__parent=family)
            | Q(pk__in=self._through("other_families", "purchasefamily", family))
        )

    def _through(self, field: str, column: str, family):
        through = getattr(self.model, field).through
        return through.objects.filter(
            Q(**{column: family}) | Q(**{f"{column}__parent": family}),
        ).values("clause")

    def of_kind(self, *kinds):
        return self.filter(kind__in=kinds)

    def for_document(self, document):
        return self.filter(Q(document=document) | Q(also_in__document=document)).distinct()

    def with_version_moment(self):
        """`version_at` for orders: what was never published stands after all that was."""
        return self.annotate(version_at=Coalesce("published_at", Value(LONG_AGO)))

    def recent(self):
        return self.order_by("-published_at", "-pk")

    def most_used(self):
        return self.order_by("-use_count", "-pk")


class BelongsToClauseQuerySet(QuerySet):
    """Versions and reviews: they are read with their clause."""

    def visible_to(self, viewer):
        return self.filter(clause__in=apps.get_model("library", "Clause").objects.visible_to(viewer))


class SuggestionQuerySet(QuerySet):
    def visible_to(self, viewer):
        """Members who read the clause see who proposes what, so as not to propose it twice."""
        if not viewer.is_authenticated:
            return self.none()
        clauses = apps.get_model("library", "Clause").objects.visible_to(viewer)
        return self.filter(Q(author=viewer) | ~Q(state="withdrawn"), clause__in=clauses)

    def waiting(self):
        return self.filter(state="open")


def reviewed_by_q(viewer) -> Q:
    """Clauses whose text the viewer may change: editors' and staff's the open ones, a space's its reviewers'.

    Experts and jurists read what waits for review in the open community (in their families for experts).
    """
    Membership = apps.get_model("spaces", "Membership")
    spaces = Membership.objects.filter(member=viewer, role__in=REVIEWING).values("space")
    reviewed = Q(space__in=spaces)
    if viewer.is_staff:
        return reviewed | Q(space=None)
    # Asked within the query itself: the groups of a member would cost two more on every page.
    reviewed |= Q(space=None) & Q(
        Exists(editors_among(apps.get_model("members", "Member").objects.filter(pk=viewer.pk)))
    )
    Expertise = apps.get_model("members", "Expertise")
    mine = Expertise.objects.current().filter(member=viewer)
    of_all = mine.filter(Q(kind="jurist") | Q(family=None))
    families = mine.filter(kind="expert", family__isnull=False)
    by_family = families.filter(Q(family=OuterRef("family")) | Q(family=OuterRef("family__parent")))
    waiting = Q(space=None, state="in_review", hidden_at=None)
    return reviewed | (waiting & (Exists(of_all) | Exists(by_family)))


def edits_open_clauses(viewer) -> bool:
    """The editors of /cms/ and the platform's staff."""
    return viewer.is_authenticated and (viewer.is_staff or viewer.has_perm("library.change_openclause"))


def editors_among(members: QuerySet) -> QuerySet:
    """Those of `members` whom `edits_open_clauses` lets in, in one query."""
    permission = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="library", codename="change_openclause"
    )
    return members.filter(
        Q(is_staff=True)
        | Q(is_superuser=True)
        | Q(groups__permissions__in=permission)
        | Q(user_permissions__in=permission)
    ).distinct()


def readers_of_clause(clause, members: QuerySet) -> QuerySet:
    """Those of `members` who may read the clause, in a bounded number of queries (the fan-out shape)."""
    place = readers_of_space(clause.space, members, since=clause.created_at)
    if clause.state in READABLE and clause.hidden_at is None:
        return place
    own = members.none()
    if clause.state != "archived":
        own = readers_of_space(clause.space, members).filter(pk=clause.author_id)
    return members.filter(pk__in=(own.values("pk") | _reviewers(clause, place).values("pk")))


def _reviewers(clause, members: QuerySet) -> QuerySet:
    if clause.space_id is not None:
        Membership = apps.get_model("spaces", "Membership")
        inside = Membership.objects.filter(space=clause.space_id, role__in=REVIEWING, member=OuterRef("pk"))
        return members.filter(Exists(inside))
    found = Q(pk__in=editors_among(members).values("pk"))
    if clause.state == "in_review" and clause.hidden_at is None:
        Expertise = apps.get_model("members", "Expertise")
        theirs = Expertise.objects.current().filter(member=OuterRef("pk"))
        families = [clause.family_id, clause.family.parent_id] if clause.family_id else []
        found |= Q(Exists(theirs.filter(Q(kind="jurist") | Q(family=None) | Q(family__in=[f for f in families if f]))))
    return members.filter(found)


def readers_of_suggestion(suggestion, members: QuerySet) -> QuerySet:
    readers = readers_of_clause(suggestion.clause, members)
    return readers.filter(pk=suggestion.author_id) if suggestion.state == "withdrawn" else readers


def reviewers_of_clause(clause, members: QuerySet) -> QuerySet:
    """Those of `members` whom a text that waits is for: who may publish it, and who reads again for the community."""
    return _reviewers(clause, readers_of_space(clause.space, members, since=clause.created_at))
