from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.core.errors import TooOften
from community.core.form_pages import add_refusal, render_form
from community.members import permissions, selectors
from community.members.actions import request_ghost_claim, update_profile
from community.members.forms.people import PeopleForm
from community.members.forms.profile import ClaimForm, ProfileForm
from community.members.forms.review import ExpertiseForm

from .signup import spend_organisation_search
from .tabs import preference_tabs


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    form = PeopleForm(request.GET)
    page = selectors.search_people(
        request.user, form.criteria(), after=request.GET.get("apres"), before=request.GET.get("avant")
    )
    context = {
        "form": form,
        "people": page.rows,
        "previous_url": form.address(avant=page.previous) if page.previous else "",
        "next_url": form.address(apres=page.next) if page.next else "",
        "is_filtered": form.is_filtered,
        "may_review": permissions.can_review_organisations(request.user),
    }
    return render(request, "members/member_list.html", context)


@require_safe
def member_profile(request: HttpRequest, public_id: str) -> HttpResponse:
    member = selectors.get_member_or_404(request.user, public_id)
    context = {
        "member": member,
        "shown": selectors.shown_profile(request.user, member),
        "is_own": member.pk == request.user.pk,
        "can_claim": permissions.can_claim(request.user, member),
        "claim_form": ClaimForm(),
        "may_grant": member.is_verified and permissions.can_administer_members(request.user),
        "expertise_form": ExpertiseForm(),
    }
    return render(request, "members/member_profile.html", context)


@require_safe
def my_profile(request: HttpRequest) -> HttpResponse:
    return redirect("member_profile", request.user.public_id)


@require_http_methods(["POST"])
def ghost_claim(request: HttpRequest, public_id: str) -> HttpResponse:
    ghost = selectors.get_member_or_404(request.user, public_id)
    form = ClaimForm(request.POST)
    if form.is_valid():
        request_ghost_claim(actor=request.user, ghost=ghost, message=form.cleaned_data["message"])
        messages.success(request, _("Demande envoyée. L’équipe vous répondra par courriel."))
    else:
        messages.error(request, _("Dites en quelques mots ce qui montre que c’est vous, en 600 caractères au plus."))
    return redirect("member_profile", public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    if "chercher" in request.POST:
        spend_organisation_search(request)
        form = ProfileForm.searching(request.user, request.POST)
    else:
        form = ProfileForm.for_member(request.user, request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            update_profile(
                actor=request.user,
                fields=form.cleaned_data,
                organisation=form.chosen_or_proposed(request.user),
                visibility=form.chosen_visibility(),
            )
        except TooOften as caught:
            refusal = caught
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Profil enregistré."))
            return redirect("profile_edit")
    context = {"tabs": preference_tabs("profile_edit")}
    return render_form(request, "members/profile_edit.html", context, form, refusal)
