"""What animators and staff decide of members: organisations, expertise, imported authors taken over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.core.errors import Refused
from community.members import permissions, selectors
from community.members.actions import (
    add_domain,
    approve_ghost_claim,
    confirm_organisation,
    grant_expertise,
    refuse_ghost_claim,
    revoke_expertise,
)
from community.members.forms.review import DomainForm, ExpertiseForm


@require_safe
def organisation_review(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("nom", "")[:120]
    context = {
        "query": query,
        "organisations": selectors.organisations_in_charge_or_404(request.user, query),
        "claims": selectors.claims_to_decide(request.user),
    }
    return render(request, "members/organisation_review.html", context)


@require_POST
def organisation_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirms the organisation and, when one is given, its domain."""
    organisation = selectors.get_organisation_in_charge_or_404(request.user, pk)
    form = DomainForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Ce domaine est trop long."))
        confirm_organisation(actor=request.user, organisation=organisation)
        if form.cleaned_data["domain"]:
            organisation.refresh_from_db()
            add_domain(actor=request.user, organisation=organisation, domain=form.cleaned_data["domain"])
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("« %(name)s » est connue.") % {"name": organisation})
    return redirect("organisation_review")


@require_POST
def claim_decide(request: HttpRequest, pk: int) -> HttpResponse:
    claim = selectors.get_claim_or_404(request.user, pk)
    if request.POST.get("decision") == "accepter":
        approve_ghost_claim(actor=request.user, claim=claim)
        messages.success(request, _("Reprise acceptée."))
    else:
        refuse_ghost_claim(actor=request.user, claim=claim)
        messages.success(request, _("Reprise refusée."))
    return redirect("organisation_review")


@require_POST
def expertise_grant(request: HttpRequest, public_id: str) -> HttpResponse:
    member = selectors.get_member_or_404(request.user, public_id)
    permissions.require(permissions.can_administer_members(request.user))
    form = ExpertiseForm(request.POST)
    if form.is_valid():
        grant_expertise(actor=request.user, member=member, **form.cleaned_data)
        messages.success(request, _("Expertise accordée."))
    else:
        messages.error(request, _("Choisissez une reconnaissance, et une date au format jour, mois, année."))
    return redirect("member_profile", public_id)


@require_POST
def expertise_revoke(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    member = selectors.get_member_or_404(request.user, public_id)
    expertise = selectors.get_expertise_or_404(member, pk)
    revoke_expertise(actor=request.user, expertise=expertise)
    messages.success(request, _("Expertise retirée."))
    return redirect("member_profile", public_id)
