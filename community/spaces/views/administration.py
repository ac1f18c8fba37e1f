"""The pages where owners run their space and animators invite; they do not exist for anybody else."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Refused
from community.core.pages import page_key, page_number
from community.members.display import displayed

from .. import actions, permissions, selectors
from ..audit_lines import told
from ..forms import ROLE_HINTS, InviteForm, SettingsForm
from ..models import Role, Space
from .responses import render_form

MAX_QUERY = 80


def frame(request: HttpRequest, space: Space, current: str) -> dict:
    """What every page of the administration shows: tabs and audience."""
    owner = permissions.can_administer(request.user, space)
    rows = [("space_admin", _("Membres")), ("space_invitations", _("Invitations"))]
    if owner:
        rows += [("space_settings", _("Réglages")), ("space_audit", _("Journal"))]
    tabs = [
        {"label": label, "url": reverse(name, args=[space.slug]), "current": name == current} for name, label in rows
    ]
    return {"space": space, "owner": owner, "tabs": tabs, "readers": selectors.reader_count(space)}


@require_safe
def space_admin(request: HttpRequest, slug: str) -> HttpResponse:
    space = selectors.get_animated_space_or_404(request.user, slug)
    text, shown = request.GET.get("q", "")[:MAX_QUERY], page_number(request.GET.get("apres"))
    page = selectors.memberships_of(request.user, space, text=text, after=shown)
    context = frame(request, space, "space_admin") | {
        "rows": [(row, displayed(row.member)) for row in page.rows],
        "query": text,
        "roles": Role.choices,
        "role_hints": [(Role(role).label, hint) for role, hint in ROLE_HINTS.items()],
        "next_after": page.next_after,
    }
    return render(request, "spaces/space_admin.html", context)


@require_POST
def space_roles(request: HttpRequest, slug: str) -> HttpResponse:
    """Every role of the page at once; only those that differ are changed, all or none."""
    space = selectors.get_owned_space_or_404(request.user, slug)
    chosen = {name.removeprefix("role-"): role for name, role in request.POST.items() if name.startswith("role-")}
    changed = actions.change_roles(actor=request.user, space=space, roles=chosen)
    messages.success(request, _("Rôles enregistrés.") if changed else _("Aucun rôle n’a changé."))
    return redirect("space_admin", space.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def space_member_remove(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    space = selectors.get_owned_space_or_404(request.user, slug)
    membership = selectors.get_membership_or_404(space, public_id)
    if request.method == "POST":
        actions.remove_member(actor=request.user, space=space, member=membership.member)
        messages.success(request, _("La personne n’est plus dans l’espace."))
        return redirect("space_admin", space.slug)
    context = frame(request, space, "space_admin") | {"person": displayed(membership.member)}
    return render(request, "spaces/space_member_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def space_invitations(request: HttpRequest, slug: str) -> HttpResponse:
    space = selectors.get_animated_space_or_404(request.user, slug)
    form = InviteForm(request.POST or None, own_role=permissions.role_in(request.user, space))
    refusal = None
    if request.method == "POST" and form.is_valid():
        sent, refusal = _send_each(request, space, form)
        if sent:
            messages.success(request, _("Invitations envoyées : %(count)d.") % {"count": sent})
        if not form.errors:
            return redirect("space_invitations", space.slug)
    context = frame(request, space, "space_invitations") | {
        "form": form,
        "invitations": selectors.open_invitations_of(space),
    }
    return render_form(request, "spaces/space_invitations.html", context, refusal=refusal)


def _send_each(request: HttpRequest, space: Space, form: InviteForm) -> tuple[int, Refused | None]:
    """One refusal does not stop the others; the form then keeps the addresses that were refused."""
    wanted, refused = form.cleaned_data, {}
    for email in wanted["addresses"]:
        try:
            actions.invite_to_space(
                actor=request.user, space=space, email=email, role=wanted["role"], message=wanted["message"]
            )
        except Refused as refusal:
            refused[email] = refusal
    sent = len(wanted["addresses"]) - len(refused)
    for email, refusal in refused.items():
        form.add_error(refusal.field if refusal.field == "message" else "addresses", f"{email} : {refusal.message}")
    if refused:
        form.data = form.data.copy()
        form.data["addresses"] = "\n".join(refused)
    return sent, next(iter(refused.values()), None)


@require_POST
def invitation_revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    space = selectors.get_animated_space_or_404(request.user, slug)
    invitation = selectors.get_invitation_or_404(space, pk)
    actions.revoke_invitation(actor=request.user, invitation=invitation)
    messages.success(request, _("Invitation retirée : son lien n’ouvre plus rien."))
    return redirect("space_invitations", space.slug)


@require_POST
def invitation_resend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    space = selectors.get_animated_space_or_404(request.user, slug)
    invitation = selectors.get_invitation_or_404(space, pk)
    actions.resend_invitation(actor=request.user, invitation=invitation)
    messages.success(request, _("Invitation renvoyée\u00a0: le lien précédent n’ouvre plus rien."))
    return redirect("space_invitations", space.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def space_settings(request: HttpRequest, slug: str) -> HttpResponse:
    space = selectors.get_owned_space_or_404(request.user, slug)
    form = SettingsForm(request.POST or None, instance=copy(space))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_space(actor=request.user, space=space, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, _("Réglages enregistrés."))
            return redirect("space_settings", space.slug)
    context = frame(request, space, "space_settings") | {"form": form}
    return render_form(request, "spaces/space_settings.html", context, refusal=refusal)


@require_POST
def space_archive(request: HttpRequest, slug: str) -> HttpResponse:
    space = selectors.get_owned_space_or_404(request.user, slug)
    archived = request.POST.get("archived") == "1"
    actions.archive_space(actor=request.user, space=space, archived=archived)
    messages.success(request, _("L’espace est archivé.") if archived else _("L’espace est de nouveau ouvert."))
    return redirect("space_settings", space.slug)


@require_safe
def space_audit(request: HttpRequest, slug: str) -> HttpResponse:
    """What was done with power, exceptional accesses first; its owners read all of it."""
    space = selectors.get_owned_space_or_404(request.user, slug)
    entries = selectors.audit_of(space, before=page_key(request.GET.get("avant")))
    shown = entries[: selectors.PER_PAGE]
    context = frame(request, space, "space_audit") | {
        "lines": told(shown),
        "accesses": selectors.break_glasses_of(space),
        "next_url": f"?avant={shown[-1].pk}" if len(entries) > len(shown) else "",
    }
    return render(request, "spaces/space_audit.html", context)
