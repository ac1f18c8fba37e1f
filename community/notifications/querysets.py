from django.db.models import QuerySet


class NotificationQuerySet(QuerySet):
    def of(self, member):
        """One's own, and nobody else's."""
        return self.filter(member=member)

    def unseen(self):
        return self.filter(seen_at=None)

    def about(self, kind: str, pk: int):
        return self.filter(subject_kind=kind, subject_id=pk)


class SubscriptionQuerySet(QuerySet):
    def to(self, kind: str, pk: int):
        return self.filter(kind=kind, object_id=pk)

    def listening(self, *, essential: bool):
        """Those who want this fact: everyone who follows for an essential one, else « tout suivre » only."""
        return self.filter(level__in=["all", "essential"] if essential else ["all"])
