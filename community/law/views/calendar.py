from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from community.members.display import displayed

from .. import ics, permissions, selectors
from ..models import Audience, LegalChange
from ..selectors.calendar import STATES, all_obligations

NO_STATE = "tout"


def filter_of(request: HttpRequest) -> selectors.CalendarFilter:
    state, audience = request.GET.get("etat", ""), request.GET.get("champ", "")
    return selectors.CalendarFilter(
        state=state if state in STATES else "", audience=audience if audience in Audience.values else ""
    )


# Open: the law is for everyone.
@login_not_required
@require_safe
def legal_calendar(request: HttpRequest) -> HttpResponse:
    wanted = filter_of(request)
    query = urlencode({"champ": wanted.audience}) if wanted.audience else ""
    context = {
        "essentials": selectors.essentials(),
        "groups": selectors.calendar_groups(wanted),
        "states": state_options(wanted.state),
        "audiences": [("", _("Tout acheteur")), *Audience.choices],
        "wanted": wanted,
        "ics_query": f"?{query}" if query else "",
        "jurists": [displayed(member) for member in selectors.jurists()],
        "may_edit": permissions.can_edit_law(request.user),
    }
    return render(request, "law/legal_calendar.html", context)


def state_options(current: str) -> list[dict]:
    labels = {
        NO_STATE: _("Tout"),
        "vigueur": _("En vigueur"),
        "bientot": _("Bientôt"),
        "plus-tard": _("Plus tard"),
        "verifier": _("À vérifier"),
    }
    return [
        {"value": value, "label": label, "checked": value == (current or NO_STATE)} for value, label in labels.items()
    ]


def latest_change(request: HttpRequest):
    return LegalChange.objects.values_list("at", flat=True).first()


def calendar_etag(request: HttpRequest) -> str:
    stamp = LegalChange.objects.values_list("stamp", flat=True).first() or "vide"
    return f'"{stamp}-{filter_of(request).audience}"'


# Open: calendars of other programs have no account.
@login_not_required
@require_safe
@condition(etag_func=calendar_etag)
def legal_calendar_ics(request: HttpRequest) -> HttpResponse:
    wanted, today = filter_of(request), timezone.localdate()
    kept = [each for each in all_obligations() if wanted.keeps(each, today)]
    made_at = latest_change(request) or timezone.now()
    response = HttpResponse(ics.calendar(kept, made_at=made_at), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendrier-juridique.ics"'
    return response
