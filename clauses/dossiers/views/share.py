"""The persons of a dossier."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form
from community.members.display import displayed
from community.members.models import Member
from community.members.selectors import get_member_or_404

from .. import permissions
from ..actions.share import invite_by_email, share_with, stop_sharing, withdraw_invitation
from ..forms.people import ShareForm
from ..models import Dossier
from ..selectors.dossier import OWNER, get_dossier_or_404, get_invitation_or_404, people_of
from ..vocabularies import DossierRole

FOUND = 12
MIN_SEARCH = 2


def share_url(pk: int) -> str:
    return reverse("dossier_share", args=[pk])


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reads it, for everyone in it; the owner adds, changes and takes away."""
    dossier = get_dossier_or_404(request.user, pk)
    form, refusal = ShareForm(), None
    if request.method == "POST":
        permissions.require(permissions.can_share_dossier(request.user, dossier))
        form = ShareForm(request.POST)
        if form.is_valid():
            told = form.cleaned_data
            try:
                invite_by_email(dossier=dossier, actor=request.user, email=told["email"], role=told["role"])
            except Refused as caught:
                refusal = caught
                add_refusal(form, caught)
            else:
                return done(request, share_url(pk), _("L’invitation est partie à %(email)s.") % told)
    return render_form(request, "dossiers/dossier_share.html", share_context(request, dossier), form, refusal)


def share_context(request: HttpRequest, dossier: Dossier) -> dict:
    people = people_of(dossier)
    query = " ".join(request.GET.get("q", "")[:80].split())
    owner = permissions.can_own_dossier(request.user, dossier)
    return {
        "dossier": dossier,
        "people": [
            {
                "person": displayed(each.member),
                "public_id": each.member.public_id,
                "role": each.role,
                "is_owner": each.role == OWNER,
                "is_me": each.member.pk == request.user.pk,
            }
            for each in people
        ],
        "invitations": dossier.invitations.all() if owner else [],
        "is_owner": owner,
        "may_share": permissions.can_share_dossier(request.user, dossier),
        "query": query,
        "found": found_people(request.user, query, {each.member.pk for each in people}) if owner else [],
        "roles": DossierRole.choices,
    }


def found_people(viewer, query: str, known: set[int]) -> list[dict]:
    """Verified members by their name, as the directory shows them."""
    if len(query) < MIN_SEARCH:
        return []
    people = Member.objects.visible_to(viewer).persons().verified().named(query).exclude(pk__in=known)
    rows = people.select_related("organisation", "claimed_by").order_by("last_name", "pk")[:FOUND]
    return [{"person": displayed(member), "public_id": member.public_id} for member in rows]


@require_POST
def dossier_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a member found by name, or changes the right of one who is there."""
    dossier = get_dossier_or_404(request.user, pk)
    permissions.require(permissions.can_share_dossier(request.user, dossier))
    member = get_member_or_404(request.user, request.POST.get("person", "")[:40])
    share_with(dossier=dossier, actor=request.user, member=member, role=request.POST.get("role", ""))
    return done(request, share_url(pk), _("%(name)s a maintenant accès au dossier.") % {"name": member})


@require_POST
def dossier_person_remove(request: HttpRequest, pk: int, public_id: str) -> HttpResponse:
    """By the owner; or by the person herself, who then leaves the dossier."""
    dossier = get_dossier_or_404(request.user, pk)
    share = dossier.people.select_related("member").filter(member__public_id=public_id).first()
    if share is None:
        raise Http404
    stop_sharing(dossier=dossier, actor=request.user, member=share.member)
    if share.member_id == request.user.pk:
        return done(request, reverse("dossier_list"), _("Vous avez quitté le dossier."))
    return done(request, share_url(pk), _("%(name)s n’a plus accès au dossier.") % {"name": share.member})


@require_POST
def dossier_invitation_withdraw(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    permissions.require(permissions.can_own_dossier(request.user, dossier))
    withdraw_invitation(invitation=get_invitation_or_404(dossier, invitation_pk), actor=request.user)
    return done(request, share_url(pk), _("L’invitation est retirée."))
