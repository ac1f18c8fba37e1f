"""A few clauses for pages of other rooms, through the eyes of who reads the page."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from community.core.prepared import Prepared

from ..models import Clause
from .library import CARD_ONLY, CARD_RELATED
from .rows import rows

_recent_open = Prepared(
    lambda: (
        Clause.objects.visible_to(AnonymousUser())
        .published()
        .recent()
        .select_related(*CARD_RELATED)
        .only(*CARD_ONLY)[:6]
    )
)


def shown(clauses, limit: int) -> list[dict]:
    return rows(clauses.select_related(*CARD_RELATED).only(*CARD_ONLY)[:limit])


def recent_rows(viewer, limit: int) -> list[dict]:
    if not viewer.is_authenticated:
        return rows(_recent_open.rows()[:limit])
    return shown(Clause.objects.visible_to(viewer).published().recent(), limit)


def rows_for(member, limit: int) -> list[dict]:
    """In the families that the member follows or practises; the latest ones where there are none."""
    if not member.is_authenticated:
        return recent_rows(member, limit)
    theirs = Q(pk__in=[])
    for families in (member.families_followed, member.families_practised):
        theirs |= Q(family__in=families.values("pk")) | Q(family__parent__in=families.values("pk"))
    found = shown(Clause.objects.visible_to(member).published().filter(theirs).recent(), limit)
    return found or recent_rows(member, limit)
