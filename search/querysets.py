from datetime import timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

KEPT_DAYS = 90


class SavedSearchQuerySet(QuerySet):
    def of(self, member):
        return self.filter(member=member)


class SearchMissQuerySet(QuerySet):
    def out_of_date(self):
        return self.filter(day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS))

    def most_asked(self):
        """(text, times) over the days kept, the most frequent first."""
        return self.values_list("text").annotate(asked=Sum("times")).order_by("-asked", "text")
