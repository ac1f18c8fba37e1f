from django.db.models import Count, Q, QuerySet, Value

from .text import fold


class PurchaseFamilyQuerySet(QuerySet):
    def top(self):
        return self.filter(parent=None)

    def named(self, word: str):
        """As an address names it: by slug or by code, whatever the capitals."""
        # PostgreSQL refuses a zero byte, which no name holds.
        word = word.replace("\0", "")
        return self.filter(Q(slug__iexact=word) | Q(code__iexact=word))


class TagQuerySet(QuerySet):
    def shown(self):
        return self.filter(stands_for=None)

    def synonyms(self):
        """Tags that were merged into another: their number moves with each merge, and with nothing else."""
        return self.exclude(stands_for=None)

    def merged_count(self):
        """How many there are, as a subquery for what is kept until two tags merge."""
        return self.synonyms().order_by().values(one=Value(1)).annotate(rows=Count("pk")).values("rows")

    def spelled(self, name: str):
        """The tag written so, whatever its accents and case; a synonym included."""
        return self.filter(folded=fold(name))
