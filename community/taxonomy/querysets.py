from django.db.models import QuerySet

from .text import fold


class PurchaseFamilyQuerySet(QuerySet):
    def top(self):
        return self.filter(parent=None)


class TagQuerySet(QuerySet):
    def shown(self):
        return self.filter(stands_for=None)

    def synonyms(self):
        """Tags that were merged into another: their number moves with each merge, and with nothing else."""
        return self.exclude(stands_for=None)

    def spelled(self, name: str):
        """The tag written so, whatever its accents and case; a synonym included."""
        return self.filter(folded=fold(name))
