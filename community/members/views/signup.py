from allauth.account.views import SignupView as AllauthSignupView
from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from community.core import ratelimits
from community.members.forms.organisation import OrganisationChoiceForm
from community.members.forms.signup import JOBS, SUPPLIER

SEARCHES_A_MINUTE = 40
LISTS = ("families_followed", "themes_followed")


@method_decorator(login_not_required, name="dispatch")
class SignupView(AllauthSignupView):
    """allauth's, with two more answers: where suppliers may turn, and the organisations found by name."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.POST.get("account_kind") == SUPPLIER:
            return redirect("suppliers")
        if "chercher" in request.POST:
            spend_organisation_search(request)
            form = self.get_form_class()(initial=typed(request))
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        if form.account_already_exists:
            # Nearly all the time that a new account takes is its password's: the clock would tell the known addresses.
            make_password(form.cleaned_data["password1"])
        return super().form_valid(form)

    def get_context_data(self, **kwargs) -> dict:
        return {**super().get_context_data(**kwargs), "jobs": JOBS}


def typed(request: HttpRequest) -> dict:
    """What a search must not lose; passwords, written after it, are not sent back."""
    kept = {name: value for name, value in request.POST.items() if not name.startswith("password")}
    return kept | {name: request.POST.getlist(name) for name in LISTS}


def spend_organisation_search(request: HttpRequest) -> None:
    """With a script or by the button « Chercher » of a form, the same search is counted."""
    ratelimits.hit("organisation-search", get_ip(request), times=SEARCHES_A_MINUTE, seconds=60)


@require_safe
@login_not_required
def organisation_search(request: HttpRequest) -> HttpResponse:
    """The fragment of the sign-up form that lists known organisations; only names that everyone may know."""
    spend_organisation_search(request)
    form = OrganisationChoiceForm(initial=request.GET.dict())
    return render(request, "members/_organisation_options.html", {"form": form})


@require_safe
@login_not_required
def suppliers(request: HttpRequest) -> HttpResponse:
    return render(request, "members/suppliers.html")
