"""Who reads what members report: the list shape of the rules whose predicate shape is in `permissions`."""

from django.apps import apps
from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from clauses.library.querysets import readers_of_clause
from community.spaces.querysets import (
    content_in_readable_space_q,
    moderated_q,
    own_q,
    readers_of_space,
    told_to_newcomers_q,
)

# After every gap that somebody gave.
NO_GAP = 32_767


class UsageReportQuerySet(QuerySet):
    def visible_to(self, viewer):
        """One's own; to others, only figures are shown."""
        if not viewer.is_authenticated:
            return self.none()
        clauses = apps.get_model("library", "Clause").objects.visible_to(viewer)
        return self.filter(member=viewer, clause__in=clauses)

    def about(self, clause):
        return self.filter(clause=clause)


class UsageAskQuerySet(QuerySet):
    def visible_to(self, viewer):
        """What one was asked oneself, as long as the clause may be read."""
        if not viewer.is_authenticated:
            return self.none()
        clauses = apps.get_model("library", "Clause").objects.visible_to(viewer)
        return self.filter(member=viewer, clause__in=clauses)


class ExperienceQuerySet(QuerySet):
    def visible_to(self, viewer):
        own = own_q(viewer)
        return self.filter(
            content_in_readable_space_q(viewer),
            # A newcomer of a space that protects its past reads what was published there after she came.
            told_to_newcomers_q(viewer, since="published_at") | own,
            Q(state="published") | own,
            Q(hidden_at=None) | moderated_q(viewer) | own,
        )

    def published(self):
        return self.filter(state="published", hidden_at=None)

    def drafts_of(self, member):
        return self.filter(author=member, state="draft")

    def signed_by(self, member):
        """Under her name and that of her organisation, which her profile tells."""
        return self.filter(author=member, naming="name", hides_organisation=False)

    def in_family(self, family):
        """Those filed under the family or below it."""
        return self.filter(Q(family=family) | Q(family__parent=family))

    def applying(self, clause):
        return self.filter(clauses=clause)

    def tagged(self, tag):
        return self.filter(tagged_items__tag=tag)

    def with_gap(self):
        """`gap` for orders: what says none stands after all that does."""
        return self.annotate(gap=Coalesce(F("price_gap"), Value(NO_GAP), output_field=IntegerField()))

    def recent(self):
        return self.order_by("-published_at", "-pk")


class RevisionQuerySet(QuerySet):
    def visible_to(self, viewer):
        """The past of a report that hides nothing of its author is for its readers; of another, for her alone: what
        an edit took out of a text may be what told who she is.
        """
        Report = apps.get_model("reports", "ExperienceReport")
        open_past = Q(report__naming="name", report__hides_organisation=False, report__rounds=False)
        if viewer.is_authenticated:
            open_past |= Q(report__author=viewer)
        return self.filter(open_past, report__in=Report.objects.visible_to(viewer))


def readers_of_experience(report, members: QuerySet) -> QuerySet:
    """Those of `members` who may read the report, in a bounded number of queries (the fan-out shape)."""
    own = readers_of_space(report.space, members).filter(pk=report.author_id)
    if report.state != "published":
        return own
    place = readers_of_space(report.space, members, since=report.published_at)
    if report.hidden_at is None:
        return members.filter(pk__in=(own.values("pk") | place.values("pk")))
    return members.filter(pk__in=(own.values("pk") | _moderators(report.space_id, place).values("pk")))


def _moderators(space_id: int | None, members: QuerySet) -> QuerySet:
    if space_id is None:
        return members.filter(is_staff=True)
    Membership = apps.get_model("spaces", "Membership")
    moderating = Membership.objects.moderating().filter(space=space_id)
    return members.filter(pk__in=moderating.values("member"))


def readers_of_ask(ask, members: QuerySet) -> QuerySet:
    return readers_of_clause(ask.clause, members.filter(pk=ask.member_id))
