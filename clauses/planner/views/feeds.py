"""The steps in the member's own calendar: by a private address, or taken away signed in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.planner import ics
from clauses.planner.models import PlannedPurchase
from clauses.planner.selectors.feed import member_of_feed
from clauses.planner.selectors.purchases import rows_of


# A calendar program has no account: the address is the secret, and what it opens is read by its member's rights.
@login_not_required
@require_safe
def planner_feed(request: HttpRequest, token: str) -> HttpResponse:
    member = member_of_feed(token)
    if member is None:
        raise Http404
    return calendar_response(member)


@require_safe
def planner_ics(request: HttpRequest) -> HttpResponse:
    response = calendar_response(request.user)
    response["Content-Disposition"] = 'attachment; filename="achats-a-venir.ics"'
    return response


def calendar_response(member) -> HttpResponse:
    rows = rows_of(member, PlannedPurchase.objects.visible_to(member).under_way())
    response = HttpResponse(ics.calendar(rows, made_at=timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
