from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

KEPT_DAYS = 90


class SavedSearchQuerySet(QuerySet):
    def of(self, member):
        return self.filter(member=member)


class OutboxQuerySet(QuerySet):
    def next_version(self) -> int:
        """From the sequence of the rows. Whatever is read after a version was taken is at least as new as what was read
        under a smaller one, in whichever order transactions numbered their rows and committed.
        """
        with transaction.atomic():
            # Never seen by a drain: it goes before it is there for others.
            row = self.create(kind="", object_id=0)
            version = row.pk
            row.delete()
        return version


class SearchMissQuerySet(QuerySet):
    def out_of_date(self):
        return self.filter(day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS))

    def most_asked(self):
        """(text, times) over the days kept, the most frequent first."""
        return self.values_list("text").annotate(asked=Sum("times")).order_by("-asked", "text")
