"""Who reads what became of a clause: its figures, everybody who reads the clause; a report itself, its author."""

from django.apps import apps
from django.db.models import QuerySet


class UsageReportQuerySet(QuerySet):
    def visible_to(self, viewer):
        """One's own; to others, only figures are shown."""
        if not viewer.is_authenticated:
            return self.none()
        clauses = apps.get_model("library", "Clause").objects.visible_to(viewer)
        return self.filter(member=viewer, clause__in=clauses)

    def about(self, clause):
        return self.filter(clause=clause)
