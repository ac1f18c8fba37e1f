"""The people of one row: its owner opens it to a colleague found by name; a colleague may leave."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clauses.planner import permissions
from clauses.planner.actions.share import share_purchase, stop_sharing
from clauses.planner.models import PlannedPurchase
from clauses.planner.selectors.people import Colleague, find_colleague, find_colleagues
from clauses.planner.selectors.purchases import get_purchase_or_404
from clauses.planner.vocabularies import ShareRole
from community.core.addresses import address
from community.core.errors import Refused
from community.core.form_pages import done
from community.members.display import displayed

from .purchase import breadcrumb


@require_http_methods(["GET", "HEAD", "POST"])
def purchase_share(request: HttpRequest, pk: int) -> HttpResponse:
    """`qui` finds people; `member` with `role` opens the row to one of them, with `act=retirer` closes it."""
    purchase = get_purchase_or_404(request.user, pk)
    permissions.require(permissions.can_share_purchase(request.user, purchase))
    if request.method != "POST":
        return people_page(request, purchase)
    member = find_colleague(request.user, request.POST.get("member", "")[:12])
    url = address("purchase_share", pk=purchase.pk)
    if member is None:
        return people_page(request, purchase, error=_("Cette personne n’est plus dans l’annuaire."), status=422)
    if request.POST.get("act") == "retirer":
        stop_sharing(actor=request.user, purchase=purchase, member=member)
        return done(request, url, _("%(name)s ne voit plus cet achat.") % {"name": member})
    try:
        share_purchase(actor=request.user, purchase=purchase, member=member, role=request.POST.get("role", ""))
    except Refused as refused:
        return people_page(request, purchase, error=refused.message, status=refused.status)
    return done(request, url, _("%(name)s voit maintenant cet achat.") % {"name": member})


def people_page(request: HttpRequest, purchase: PlannedPurchase, *, error: str = "", status: int = 200) -> HttpResponse:
    shares = list(purchase.shares.all())
    name = request.GET.get("qui", "")
    known = {purchase.owner_id, *(share.member_id for share in shares)}
    url = address("purchase_detail", pk=purchase.pk)
    context = {
        "purchase": purchase,
        "people": [Colleague(share.member.public_id, displayed(share.member), share.role) for share in shares],
        "found": find_colleagues(request.user, name, except_ids=known),
        "name": name,
        "roles": ShareRole.choices,
        "error": error,
        "back_url": url,
        "breadcrumb": breadcrumb({"label": purchase.title, "url": url}, {"label": _("Partager"), "url": ""}),
    }
    return render(request, "planner/purchase_share.html", context, status=status)


@require_POST
def purchase_leave(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = get_purchase_or_404(request.user, pk)
    stop_sharing(actor=request.user, purchase=purchase, member=request.user)
    return done(request, address("planner"), _("Vous ne suivez plus « %(title)s ».") % {"title": purchase.title})
