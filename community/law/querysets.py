"""The law is for everyone: every text, article, threshold and line of the calendar is read without an account."""

from datetime import date

from django.db.models import Q, QuerySet


class OpenQuerySet(QuerySet):
    def visible_to(self, viewer):
        return self.all()


def everyone(obj, members: QuerySet) -> QuerySet:
    """The third shape of the same rule."""
    return members


class DatedQuerySet(OpenQuerySet):
    def in_force(self, day: date):
        return self.filter(Q(in_force_from=None) | Q(in_force_from__lte=day)).exclude(repealed_on__lte=day)

    def out_of_force(self, day: date):
        return self.filter(repealed_on__lte=day)


class LegalChangeQuerySet(QuerySet):
    def of_its_fields(self):
        """Without the lines that only say, on a thing, what moved beside it."""
        return self.exclude(after={})


class ThresholdQuerySet(OpenQuerySet):
    def applying(self, day: date):
        return self.filter(applies_from__lte=day).filter(Q(applies_until=None) | Q(applies_until__gte=day))

    def overlapping(self, starts_on: date, ends_on: date | None):
        """Those whose period, last day included, meets this one."""
        found = self.filter(Q(applies_until=None) | Q(applies_until__gte=starts_on))
        return found if ends_on is None else found.filter(applies_from__lte=ends_on)
