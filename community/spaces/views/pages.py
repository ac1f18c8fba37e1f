"""What anyone allowed sees of spaces, and coming in or going out by oneself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Refused
from community.core.pages import page_number
from community.members.display import displayed

from .. import actions, permissions, selectors
from ..forms import CreateSpaceForm
from ..models import SpaceKind
from .responses import render_form


# Open: visitors find the open spaces.
@login_not_required
@require_safe
def space_list(request: HttpRequest) -> HttpResponse:
    mine, others = selectors.spaces_by_place(request.user)
    context = {
        "mine": mine,
        "others": others,
        "may_create": permissions.can_create_space(request.user),
        "animates": permissions.can_moderate_somewhere(request.user),
        "approves": permissions.approves_members(request.user),
    }
    return render(request, "spaces/space_list.html", context)


# Open: the selector decides for each space.
@login_not_required
@require_safe
def space_detail(request: HttpRequest, slug: str) -> HttpResponse:
    space = selectors.get_space_or_404(request.user, slug)
    role = permissions.role_in(request.user, space)
    context = {
        "space": space,
        "role": role,
        "readers": selectors.reader_count(space),
        "may_join": permissions.can_join(request.user, space),
        "may_invite": permissions.can_invite(request.user, space),
        "may_place": space.kind == SpaceKind.NETWORK and permissions.can_make_network(request.user),
        "may_ask": permissions.can_ask_in(request.user, space),
    }
    if role is not None:
        page = selectors.memberships_of(request.user, space, after=page_number(request.GET.get("membres")))
        context["people"] = [(displayed(row.member), row.get_role_display()) for row in page.rows]
        context["next_people"] = f"?membres={page.next_after}" if page.next_after else ""
    return render(request, "spaces/space_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def space_create(request: HttpRequest) -> HttpResponse:
    if not permissions.can_create_space(request.user):
        return render(request, "spaces/space_create_later.html")
    form = CreateSpaceForm(request.POST or None, may_make_network=permissions.can_make_network(request.user))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            space = actions.create_space(actor=request.user, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, _("L’espace est ouvert : invitez les premières personnes."))
            return redirect("space_invitations", space.slug)
    return render_form(request, "spaces/space_create.html", {"form": form}, refusal=refusal)


@require_POST
def space_join(request: HttpRequest, slug: str) -> HttpResponse:
    space = selectors.get_space_or_404(request.user, slug)
    actions.join_space(actor=request.user, space=space)
    messages.success(request, _("Vous êtes dans l’espace."))
    return redirect("space_detail", space.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def space_leave(request: HttpRequest, slug: str) -> HttpResponse:
    space = selectors.get_joined_space_or_404(request.user, slug)
    if request.method == "POST":
        actions.leave_space(actor=request.user, space=space)
        messages.success(request, _("Vous avez quitté l’espace « %(space)s ».") % {"space": space.name})
        return redirect("space_list")
    return render(request, "spaces/space_leave.html", {"space": space})


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, so that mail scanners use nothing up. Absent, ended and another's are the same 404."""
    invitation = selectors.find_invitation(request.user, token)
    if invitation is None or not selectors.invitation_stands(invitation):
        return render(request, "spaces/invitation_absent.html", status=404)
    if request.method == "POST":
        actions.accept_invitation(actor=request.user, token=token)
        messages.success(request, _("Bienvenue dans l’espace."))
        return redirect("space_detail", invitation.space.slug)
    context = {
        "invitation": invitation,
        "inviter": displayed(invitation.invited_by),
        "readers": selectors.reader_count(invitation.space),
        "token": token,
    }
    return render(request, "spaces/invitation_accept.html", context)


# Open: the person written to may have no account and want none. The page names no space: the mail did.
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_decline(request: HttpRequest, token: str) -> HttpResponse:
    invitation = selectors.find_invitation_by_token(token)
    if request.method == "POST":
        if invitation is None:
            raise Http404
        actions.decline_invitation(invitation=invitation, token=token)
        return render(request, "spaces/invitation_declined.html")
    return render(request, "spaces/invitation_decline.html", status=200 if invitation else 404)
