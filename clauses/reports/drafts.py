"""How the list of drafts names and reopens the form of reports."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from clauses.library.drafts import last_number
from community.reading.drafts import DraftPlace, register_form

from . import permissions
from .models import ExperienceReport


def register_drafts() -> None:
    register_form("experience", places_of_experiences)


def places_of_experiences(member, keys: list[str]) -> dict[str, DraftPlace]:
    page = reverse("experience_share")
    places = {
        key: DraftPlace(label=_("Retour d’expérience"), url=f"{page}?{urlencode({'brouillon': key})}")
        for key in keys
        if key.startswith("experience:new-")
    }
    by_pk = {number: key for key in keys if (number := last_number(key))}
    for report in ExperienceReport.objects.visible_to(member).filter(pk__in=by_pk).select_related("space"):
        if permissions.can_edit_experience(member, report):
            url = f"{reverse('experience_edit', args=[report.pk])}?brouillon"
            places[by_pk[report.pk]] = DraftPlace(label=_("Retour d’expérience"), title=str(report), url=url)
    return places
