"""« Mes dossiers », and what opens, describes and deletes one."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clauses.library.models import Clause
from clauses.library.selectors.clause import get_clause_or_404
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form, sent
from community.core.pages import page_key
from community.taxonomy.models import PurchaseFamily

from .. import permissions
from ..actions.dossier import Conflict, Description, create_dossier, delete_dossier, edit_dossier
from ..actions.items import add_clause
from ..actions.share import accept_invitation, decline_invitation
from ..addresses import dossier_url, item_anchor
from ..forms.dossier import AddForm, DossierForm, initial_of, suggestions_for
from ..selectors.dossier import (
    dossiers_of,
    editable_dossiers,
    get_dossier_or_404,
    get_own_invitation_or_404,
    invitations_for,
)
from ..vocabularies import MAX_NEED, MAX_TITLE
from .conflicts import compared

TITLE_WORDS = 70


@require_safe
def dossier_list(request: HttpRequest) -> HttpResponse:
    page = dossiers_of(request.user, after=request.GET.get("apres", ""), before=request.GET.get("avant", ""))
    context = {
        "page": page,
        "previous_url": f"?avant={page.previous}" if page.previous else "",
        "next_url": f"?apres={page.next}" if page.next else "",
        "invitations": invitations_for(request.user),
    }
    return render(request, "dossiers/dossier_list.html", context)


@require_POST
def dossier_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepting or declining what an address of hers was invited into."""
    invitation = get_own_invitation_or_404(request.user, pk)
    if "accepter" in request.POST:
        dossier_id = invitation.dossier_id
        accept_invitation(invitation=invitation, actor=request.user)
        return done(request, dossier_url(dossier_id), _("Le dossier est dans votre liste."))
    decline_invitation(invitation=invitation, actor=request.user)
    return done(request, list_url(), _("Invitation déclinée."))


def list_url() -> str:
    return reverse("dossier_list")


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_create(request: HttpRequest) -> HttpResponse:
    """From nothing, or from the object of a contract (`objet`) and a CPV code (`cpv`): families are proposed."""
    permissions.require(permissions.can_create_dossier(request.user))
    if request.method != "POST":
        need, cpv = request.GET.get("objet", "")[:MAX_NEED].strip(), request.GET.get("cpv", "")[:20].strip()
        suggestions = suggestions_for(need, cpv)
        initial = {"need": need, "cpv": cpv, "title": title_from(need)} | told_in(request)
        context = {"asked": bool(need or cpv), "suggestions": suggestions}
        form = DossierForm(initial=initial, suggestions=suggestions)
        return render_form(request, "dossiers/dossier_form.html", context, form)
    form, refusal = DossierForm.sent(request.POST), None
    if form.is_valid():
        try:
            dossier = create_dossier(
                actor=request.user,
                description=form.description(),
                client_token=form.cleaned_data["client_token"],
            )
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            return done(request, dossier_url(dossier.pk), _("Le dossier est ouvert."))
    return render_form(request, "dossiers/dossier_form.html", {}, form, refusal)


def told_in(request: HttpRequest) -> dict:
    """What a page that leads here already knows: `famille` (its code), `nature`, `montant`, `lancement`."""
    family = PurchaseFamily.objects.named(request.GET.get("famille", "")).first()
    typed = {
        "nature": request.GET.get("nature", ""),
        "amount": request.GET.get("montant", ""),
        "launch_on": request.GET.get("lancement", ""),
    }
    return {"family": family.pk if family else None} | {name: value[:40] for name, value in typed.items()}


def title_from(need: str) -> str:
    """The first words of the object, for her to shorten."""
    words = " ".join(need.split())
    if len(words) <= TITLE_WORDS:
        return words[:MAX_TITLE]
    return words[:TITLE_WORDS].rsplit(" ", 1)[0]


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_edit(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    permissions.require(permissions.can_edit_dossier(request.user, dossier))
    context = {"dossier": dossier}
    if sent(request) is None:
        form = DossierForm(initial=initial_of(dossier))
        return render_form(request, "dossiers/dossier_form.html", context, form)
    form, refusal = DossierForm.sent(request.POST), None
    if form.is_valid():
        try:
            edit_dossier(
                dossier=dossier,
                actor=request.user,
                description=form.description(),
                expected=form.cleaned_data["version"],
            )
        except Conflict as caught:
            refusal = caught
            context["conflict"] = compared(form, initial_of(caught.current), caught)
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            return done(request, dossier_url(pk), _("Le dossier est à jour."))
    return render_form(request, "dossiers/dossier_form.html", context, form, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_delete(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    permissions.require(permissions.can_own_dossier(request.user, dossier))
    if request.method == "POST":
        delete_dossier(dossier=dossier, actor=request.user)
        return done(request, list_url(), _("Le dossier est supprimé."))
    return render(request, "dossiers/dossier_delete.html", {"dossier": dossier})


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_add(request: HttpRequest, clause_pk: int) -> HttpResponse:
    """« Ajouter à un dossier »: one of hers, or one that is opened for it; `avec` names the other half of a pair."""
    clause = get_clause_or_404(request.user, clause_pk)
    dossiers = editable_dossiers(request.user, holding=clause)
    initial = {"wording": request.GET.get("redaction", "")[:40], "also": page_key(request.GET.get("avec"))}
    form, refusal = AddForm(sent(request), dossiers=dossiers, initial=initial), None
    also_pk = form["also"].value()
    other = get_clause_or_404(request.user, page_key(str(also_pk)) or 0) if also_pk else None
    if form.is_bound and form.is_valid():
        try:
            item = added(request, form, clause, other)
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            url = f"{dossier_url(item.dossier_id)}#{item_anchor(item.pk)}"
            return done(request, url, _("« %(title)s » est dans le dossier.") % {"title": item.title})
    in_window = request.htmx and not form.is_bound
    template = "dossiers/dossier_add.html#dialog" if in_window else "dossiers/dossier_add.html"
    return render_form(request, template, {"clause": clause, "other": other}, form, refusal)


@transaction.atomic
def added(request: HttpRequest, form: AddForm, clause: Clause, other: Clause | None):
    """No dossier is opened for a clause that cannot enter it."""
    told = form.cleaned_data
    token = told["client_token"]
    if told["dossier"] == "nouveau":
        description = Description(title=told["title"].strip(), family=clause.family)
        dossier = create_dossier(actor=request.user, description=description, client_token=token)
    else:
        dossier = get_dossier_or_404(request.user, int(told["dossier"]))
    item = add_clause(
        dossier=dossier, actor=request.user, clause=clause, wording_key=told["wording"], client_token=token
    )
    if other is not None and not dossier.items.filter(clause=other, removed_at=None).exists():
        add_clause(dossier=dossier, actor=request.user, clause=other)
    return item
