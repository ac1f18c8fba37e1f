"""Approval of members, and the exceptional accesses of the platform's staff; absent for everybody else."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core import contents
from community.core.errors import Refused
from community.members.display import displayed

from .. import actions, permissions, selectors
from ..forms import AccessForm, SpaceAccessForm, TerritoriesForm
from .responses import render_form

SHOWN = 100


@require_safe
def approval_list(request: HttpRequest) -> HttpResponse:
    """The members whom this animator may approve, the oldest accounts first."""
    if not permissions.approves_members(request.user):
        raise Http404
    waiting = selectors.approvable_members(request.user)
    context = {"people": [(member, displayed(member)) for member in waiting[:SHOWN]]}
    return render(request, "spaces/approval_list.html", context)


@require_POST
def approval_give(request: HttpRequest, public_id: str) -> HttpResponse:
    member = selectors.get_approvable_member_or_404(request.user, public_id)
    actions.approve_member(actor=request.user, member=member)
    messages.success(request, _("%(name)s est membre vérifié.") % {"name": member})
    return redirect("approval_list")


@require_http_methods(["GET", "HEAD", "POST"])
def space_territories(request: HttpRequest, slug: str) -> HttpResponse:
    space = selectors.get_network_or_404(request.user, slug)
    # A network may be left without territory: an empty post is an answer.
    sent = request.POST if request.method == "POST" else None
    form = TerritoriesForm(sent, initial={"territories": space.territories.all()})
    if form.is_bound and form.is_valid():
        actions.set_territories(actor=request.user, space=space, territories=form.cleaned_data["territories"])
        messages.success(request, _("Territoires enregistrés."))
        return redirect("space_detail", space.slug)
    return render_form(request, "spaces/space_territories.html", {"space": space, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def break_glass_list(request: HttpRequest) -> HttpResponse:
    """Opens a space by its address; whether it exists is said only once the reason is written down."""
    if not permissions.can_open_break_glass(request.user):
        raise Http404
    form = SpaceAccessForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        space = selectors.space_whatever_its_readers(form.cleaned_data["slug"])
        try:
            if space is None:
                raise Refused(_("Aucun espace n’a cette adresse."), field="slug")
            actions.open_break_glass(
                actor=request.user, space=space, reason=form.cleaned_data["reason"], hours=form.cleaned_data["hours"]
            )
        except Refused as refused:
            refusal = refused
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, _("Accès ouvert ; les propriétaires le voient dans leur journal."))
            return redirect("space_detail", space.slug)
    context = {"form": form, "opened": selectors.open_break_glasses_by(request.user)}
    return render_form(request, "spaces/break_glass_list.html", context, refusal=refusal)


@require_POST
def break_glass_close(request: HttpRequest, pk: int) -> HttpResponse:
    opened = selectors.get_break_glass_or_404(request.user, pk)
    actions.close_break_glass(actor=request.user, break_glass=opened)
    messages.success(request, _("Accès refermé."))
    own = opened.member_id == request.user.pk
    return redirect("break_glass_list") if own else redirect("space_audit", opened.space.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def anonymity_lift(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Asks for the identity behind one content, then shows it while the access lasts."""
    content = contents.find_visible(request.user, kind, pk) if permissions.can_open_break_glass(request.user) else None
    if content is None or not contents.get(kind).displayed_author(content).anonymous:
        raise Http404
    form = AccessForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift_anonymity(actor=request.user, kind=kind, pk=pk, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
            form.add_error(refused.field, refused.message)
        else:
            return redirect("anonymity_lift", kind, pk)
    author = selectors.identity_behind(request.user, kind, pk)
    registered = contents.get(kind)
    context = {
        "form": form,
        "title": registered.title(content),
        "url": registered.url(content),
        "author": displayed(author) if author else None,
        "author_email": author.email if author else "",
    }
    return render_form(request, "spaces/anonymity_lift.html", context, refusal=refusal)
