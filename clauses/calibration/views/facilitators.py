"""Members who say that they facilitate: an animator of their territory confirms it, or takes it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clauses.calibration.actions.facilitators import confirm_facilitator, unconfirm_facilitator
from clauses.calibration.selectors.facilitators import facilitators_in_charge_or_404, get_claimed_or_404
from community.core.addresses import address
from community.core.form_pages import done
from community.members.display import displayed


@require_safe
def facilitator_list(request: HttpRequest) -> HttpResponse:
    rows = [
        {"person": displayed(each.member), "member": each.member, "is_confirmed": each.is_confirmed}
        for each in facilitators_in_charge_or_404(request.user)
    ]
    return render(request, "calibration/facilitator_list.html", {"rows": rows})


@require_POST
def facilitator_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """`act=retirer` takes it back."""
    member = get_claimed_or_404(request.user, public_id)
    if request.POST.get("act") == "retirer":
        unconfirm_facilitator(actor=request.user, member=member)
        said = _("%(name)s ne reçoit plus de demandes de calibrage.")
    else:
        confirm_facilitator(actor=request.user, member=member)
        said = _("%(name)s peut recevoir des demandes de calibrage.")
    return done(request, address("facilitator_list"), said % {"name": member})
