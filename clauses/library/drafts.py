"""How the list of drafts names and reopens the forms of clauses and of suggestions."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.reading.drafts import DraftPlace, register_form

from . import permissions
from .models import Clause


def register_drafts() -> None:
    register_form("clause", places_of_clauses)
    register_form("suggestion", places_of_suggestions)


def places_of_clauses(member, keys: list[str]) -> dict[str, DraftPlace]:
    page = reverse("clause_propose")
    places = {
        key: DraftPlace(label=_("Clause"), url=f"{page}?{urlencode({'brouillon': key})}")
        for key in keys
        if key.startswith("clause:new-")
    }
    by_pk = {number: key for key in keys if (number := last_number(key))}
    for clause in Clause.objects.visible_to(member).filter(pk__in=by_pk).select_related("space"):
        if permissions.can_correct_proposal(member, clause):
            url = f"{reverse('clause_correct', args=[clause.pk])}?brouillon"
            places[by_pk[clause.pk]] = DraftPlace(label=_("Clause"), title=clause.title, url=url)
    return places


def places_of_suggestions(member, keys: list[str]) -> dict[str, DraftPlace]:
    by_pk = {number: key for key in keys if (number := last_number(key))}
    return {
        by_pk[clause.pk]: DraftPlace(
            label=_("Modification proposée"),
            title=clause.title,
            url=f"{reverse('suggestion_create', args=[clause.pk])}?brouillon",
        )
        for clause in Clause.objects.visible_to(member).filter(pk__in=by_pk)
    }


def last_number(key: str) -> int | None:
    last = key.rsplit(":", 1)[-1]
    return int(last) if last.isascii() and last.isdigit() and len(last) < 19 else None
