from django.db.models import Q, QuerySet
from django.utils import timezone

from community.taxonomy.text import fold


class MemberQuerySet(QuerySet):
    def persons(self):
        """Those who can sign in: neither ghosts nor closed accounts."""
        return self.filter(is_active=True, is_ghost=False)

    def verified(self):
        return self.filter(verified_at__isnull=False)

    def visible_to(self, viewer):
        """Profiles are for members: a visitor sees none, a member sees those of persons and of unclaimed ghosts."""
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(Q(is_active=True) | Q(is_ghost=True, claimed_by=None))

    def experienced_in_family(self, family):
        """Those who « ont déjà fait ce type de marché », in the family, below it or in its parent."""
        return self.filter(
            Q(families_practised=family) | Q(families_practised__parent=family) | Q(families_practised__children=family)
        ).distinct()

    def experienced_in_theme(self, theme):
        return self.filter(themes_practised=theme)

    def named(self, query: str):
        """Those whose name holds every word of the query, whatever the accents and the case."""
        found = self
        for word in fold(query).split():
            found = found.filter(folded_name__contains=word)
        return found

    def in_territory(self, territory):
        """Those of the territory or of its départements."""
        return self.filter(Q(territory=territory) | Q(territory__parent=territory))


class OrganisationQuerySet(QuerySet):
    def known(self):
        return self.filter(confirmed_at__isnull=False)

    def named(self, query: str):
        found = self
        for word in fold(query).split():
            found = found.filter(folded__contains=word)
        return found

    def proposed(self):
        return self.filter(confirmed_at=None)


class ExpertiseQuerySet(QuerySet):
    def current(self):
        today = timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=today))

    def covering(self, family):
        """Those of the family, of its parent or of all; with no family asked, those of all only."""
        if family is None:
            return self.filter(family=None)
        return self.filter(Q(family=None) | Q(family=family) | Q(family=family.parent_id))
