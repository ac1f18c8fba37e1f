"""Clauses that resemble another."""

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from community.core import ports
from community.spaces.models import SpaceVisibility

from ..models import Clause

MOST = 5
KEPT_SECONDS = 15 * 60


def similar_clauses(viewer, clause: Clause) -> list[Clause]:
    """Closest first. Which they are is asked as a visitor and kept; in a private space, as this reader."""
    private = clause.space is not None and clause.space.visibility != SpaceVisibility.OPEN
    reader = viewer if private else AnonymousUser()
    key = f"similar-clauses:{clause.pk}:{clause.version}:{reader.pk or 0}"
    pks = cache.get(key)
    if pks is None:
        text = f"{clause.title} {clause.summary}"
        pks = [each.pk for each in ports.similar(reader, "clause", text, limit=MOST + 1) if each.pk != clause.pk]
        cache.set(key, pks, KEPT_SECONDS if pks else ports.NOTHING_SIMILAR_SECONDS)
    found = Clause.objects.visible_to(viewer).in_bulk(pks[:MOST])
    return [found[pk] for pk in pks if pk in found]
