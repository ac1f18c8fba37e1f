"""One purchase: its page, its form, its steps, its end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clauses.dossiers.addresses import dossier_url
from clauses.dossiers.selectors.dossier import get_dossier_or_404
from clauses.planner import permissions
from clauses.planner.actions.dossier import link_dossier, open_dossier, unlink_dossier
from clauses.planner.actions.plan import edit_purchase, file_purchase, plan_purchase, remove_purchase
from clauses.planner.actions.steps import mark_step_done, reopen_step
from clauses.planner.forms import PurchaseForm, StepForm
from clauses.planner.models import PlannedPurchase
from clauses.planner.selectors.purchases import dossiers_to_link, full_row, get_purchase_or_404
from community.core.addresses import address
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form, sent
from community.taxonomy.models import PurchaseFamily
from community.taxonomy.suggest import suggest_families

from .words import row_words


def breadcrumb(*more: dict) -> list[dict]:
    return [{"label": _("Mes achats à venir"), "url": address("planner")}, *more]


@require_safe
def purchase_detail(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = get_purchase_or_404(request.user, pk)
    row = full_row(request.user, purchase)
    context = {
        "words": row_words(row),
        "row": row,
        "purchase": purchase,
        "suggestions": suggestions_for(purchase) if row.may_edit else [],
        "dossiers": dossiers_to_link(request.user) if row.may_edit and row.dossier is None else [],
        "breadcrumb": breadcrumb({"label": purchase.title, "url": ""}),
    }
    return render(request, "planner/purchase_detail.html", context)


def suggestions_for(purchase: PlannedPurchase) -> list:
    if purchase.family_id is not None:
        return []
    return suggest_families(cpv=purchase.cpv.code if purchase.cpv else "", text=purchase.title, limit=3)


@require_http_methods(["GET", "HEAD", "POST"])
def purchase_create(request: HttpRequest) -> HttpResponse:
    organisation = request.user.organisation
    form = PurchaseForm(sent(request), is_new=True, initial={"organisation": organisation.name if organisation else ""})
    refusal = None
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            purchase = plan_purchase(
                actor=request.user,
                purchase=form.purchase(),
                visible_to_peers=told["visible_to_peers"],
                client_token=told["client_token"],
            )
        except Refused as refused:
            refusal = refused
            add_refusal(form, refused)
        else:
            return done(request, address("purchase_detail", pk=purchase.pk), _("Achat ajouté : voici son calendrier."))
    context = {"breadcrumb": breadcrumb({"label": _("Ajouter un achat"), "url": ""}), "back_url": address("planner")}
    return render_form(request, "planner/purchase_form.html", context, form, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def purchase_edit(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = get_purchase_or_404(request.user, pk)
    permissions.require(permissions.can_edit_purchase(request.user, purchase))
    is_owner = permissions.can_own_purchase(request.user, purchase)
    form = PurchaseForm.of(purchase, sent(request), is_owner=is_owner)
    refusal = None
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            edit_purchase(
                actor=request.user,
                purchase=purchase,
                changes=form.purchase(),
                status=told["status"] or purchase.status,
                read_version=told["version"] or 0,
                visible_to_peers=told["visible_to_peers"] if is_owner else None,
            )
        except Refused as refused:
            refusal = refused
            add_refusal(form, refused)
        else:
            return done(request, address("purchase_detail", pk=purchase.pk), _("Achat enregistré."))
    return edit_page(request, purchase, form, refusal)


def edit_page(request: HttpRequest, purchase: PlannedPurchase, form: PurchaseForm, refusal) -> HttpResponse:
    """After a colleague's change: what was typed stays in the form, what is saved stands beside it, and sending again
    writes over it knowingly.
    """
    saved = None
    if refusal is not None:
        saved = row_words(full_row(request.user, get_purchase_or_404(request.user, purchase.pk)))
        form.data = form.data.copy()
        form.data["version"] = saved["purchase"].version
    context = {
        "purchase": purchase,
        "saved": saved,
        "back_url": address("purchase_detail", pk=purchase.pk),
        "breadcrumb": breadcrumb(
            {"label": purchase.title, "url": address("purchase_detail", pk=purchase.pk)},
            {"label": _("Modifier"), "url": ""},
        ),
    }
    return render_form(request, "planner/purchase_form.html", context, form, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def purchase_delete(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = get_purchase_or_404(request.user, pk)
    permissions.require(permissions.can_own_purchase(request.user, purchase))
    if request.method == "POST":
        title = purchase.title
        remove_purchase(actor=request.user, purchase=purchase)
        return done(request, address("planner"), _("« %(title)s » est supprimé.") % {"title": title})
    context = {
        "purchase": purchase,
        "shared": len(purchase.shares.all()),
        "back_url": address("purchase_detail", pk=purchase.pk),
    }
    return render(request, "planner/purchase_delete.html", context)


@require_POST
def purchase_step(request: HttpRequest, pk: int) -> HttpResponse:
    """`step`, and `act`: « faite » or « rouvrir »."""
    purchase = get_purchase_or_404(request.user, pk)
    step, url = request.POST.get("step", ""), address("purchase_detail", pk=purchase.pk)
    if request.POST.get("act") == "rouvrir":
        reopen_step(actor=request.user, purchase=purchase, step=step)
        return done(request, url, _("L’étape est rouverte."))
    permissions.require(permissions.can_edit_purchase(request.user, purchase))
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            mark_step_done(actor=request.user, purchase=purchase, step=step, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            return done(request, url, _("Étape faite : c’est noté."))
    row = full_row(request.user, purchase)
    context = {
        "words": row_words(row),
        "row": row,
        "purchase": purchase,
        "failed_step": step,
        "breadcrumb": breadcrumb({"label": purchase.title, "url": ""}),
    }
    return render_form(request, "planner/purchase_detail.html", context, form)


@require_POST
def purchase_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one of the families proposed for a purchase without one."""
    purchase = get_purchase_or_404(request.user, pk)
    permissions.require(permissions.can_edit_purchase(request.user, purchase))
    code = request.POST.get("family", "")[:20]
    family = PurchaseFamily.objects.filter(code=code).first()
    if family is not None:
        file_purchase(actor=request.user, purchase=purchase, family=family)
    return done(request, address("purchase_detail", pk=purchase.pk), _("Famille enregistrée."))


@require_POST
def purchase_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """`act`: « ouvrir » a dossier from it, « lier » one that the member reads (`dossier`), « detacher » it."""
    purchase = get_purchase_or_404(request.user, pk)
    permissions.require(permissions.can_edit_purchase(request.user, purchase))
    act, url = request.POST.get("act", ""), address("purchase_detail", pk=purchase.pk)
    if act == "detacher":
        unlink_dossier(actor=request.user, purchase=purchase)
        return done(request, url, _("Le dossier est détaché ; il reste dans vos dossiers."))
    if act == "lier":
        chosen = request.POST.get("dossier", "")
        dossier = get_dossier_or_404(
            request.user, int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0
        )
        link_dossier(actor=request.user, purchase=purchase, dossier=dossier)
        return done(request, url, _("Le dossier est lié à cet achat."))
    dossier = open_dossier(actor=request.user, purchase=purchase)
    return done(request, dossier_url(dossier.pk), _("Le dossier est ouvert, avec ce que l’achat en dit."))
