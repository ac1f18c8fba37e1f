"""A few clauses for pages of other rooms, through the eyes of who reads the page."""

from django.db.models import Q

from community.core.sight import PreparedSight

from ..models import Clause
from .library import CARD_ONLY, CARD_RELATED
from .rows import rows


def cards_of(clauses, limit: int):
    return clauses.select_related(*CARD_RELATED).only(*CARD_ONLY)[:limit]


def shown(clauses, limit: int) -> list[dict]:
    return rows(cards_of(clauses, limit))


_recent = PreparedSight(lambda viewer, limit: cards_of(Clause.objects.visible_to(viewer).published().recent(), limit))


def recent_rows(viewer, limit: int) -> list[dict]:
    return rows(_recent.rows(viewer, limit))


def _of_her_families(member, limit: int):
    theirs = Q(pk__in=[])
    for families in (member.families_followed, member.families_practised):
        theirs |= Q(family__in=families.values("pk")) | Q(family__parent__in=families.values("pk"))
    return cards_of(Clause.objects.visible_to(member).published().filter(theirs).recent(), limit)


_for_her = PreparedSight(_of_her_families)


def rows_for(member, limit: int) -> list[dict]:
    """In the families that the member follows or practises; the latest ones where there are none."""
    found = rows(_for_her.rows(member, limit)) if member.is_authenticated else []
    return found or recent_rows(member, limit)
