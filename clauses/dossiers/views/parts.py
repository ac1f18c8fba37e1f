"""The values, the notes and the sourcing sheet of a dossier."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form, sent

from .. import permissions
from ..actions.locks import Conflict
from ..actions.notes import add_note, remove_note
from ..actions.sourcing import Removed, add_company, edit_company, remove_company, write_sheet
from ..actions.variables import Given, fill_variables
from ..addresses import dossier_url
from ..forms.item import NoteForm, clean_value
from ..forms.sourcing import CompanyForm, SheetForm, company_initial, initial_of
from ..models import Dossier
from ..selectors.assembled import assemble, counted
from ..selectors.dossier import get_company_or_404, get_dossier_or_404, get_note_or_404
from ..vocabularies import MAX_LABEL
from .conflicts import compared
from .items import version_of
from .page import slot_row

MAX_GIVEN = 400


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_variables(request: HttpRequest, pk: int) -> HttpResponse:
    """Every value in one form; that of the rail, and those of one item, arrive here too."""
    dossier = get_dossier_or_404(request.user, pk)
    if request.method != "POST":
        return variables_page(request, dossier)
    given = given_in(request)
    try:
        changed = fill_variables(dossier=dossier, actor=request.user, given=given)
    except Conflict as conflict:
        return variables_page(request, dossier, given=given, conflict=conflict)
    except Refused as refused:
        return variables_page(request, dossier, given=given, refusal=refused)
    words = ngettext("%(count)d valeur enregistrée.", "%(count)d valeurs enregistrées.", changed)
    return done(request, dossier_url(pk), words % {"count": changed})


def given_in(request: HttpRequest) -> list[Given]:
    """`key_3`, `label_3`, `item_3`, `was_3` and `value_3` are one value."""
    found = []
    for place in range(MAX_GIVEN):
        key = request.POST.get(f"key_{place}")
        if key is None:
            continue
        item = request.POST.get(f"item_{place}", "")
        slot = (
            key[:40],
            request.POST.get(f"label_{place}", "")[:MAX_LABEL],
            int(item) if item.isascii() and item.isdigit() and len(item) < 19 else 0,
        )
        was = request.POST.get(f"was_{place}", "")
        found.append(Given(slot=slot, was=was, value=clean_value(request.POST.get(f"value_{place}", ""))))
    return found


def variables_page(
    request: HttpRequest,
    dossier: Dossier,
    *,
    given: list[Given] = (),
    conflict: Conflict | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    """After a conflict, what was typed stays in the fields and the other value stands beside it."""
    assembled = assemble(request.user, dossier)
    typed = {each.slot: each.value for each in given}
    others: dict[Any, str] = conflict.current if conflict else {}
    fields = []
    for place, slot in enumerate(assembled.slots[:MAX_GIVEN]):
        row = slot_row(place, slot) | {"was": slot.value, "other": others.get(slot.slot)}
        row["value"] = typed.get(slot.slot, slot.value)
        fields.append(row)
    context = {
        "dossier": dossier,
        "fields": fields,
        "progress": counted(assembled.slots),
        "may_edit": permissions.can_edit_dossier(request.user, dossier),
        "problem": conflict or refusal,
    }
    problem = conflict or refusal
    return render(request, "dossiers/dossier_variables.html", context, status=problem.status if problem else 200)


@require_POST
def note_add(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    form, refusal = NoteForm(request.POST), None
    if form.is_valid():
        try:
            told = form.cleaned_data
            add_note(dossier=dossier, actor=request.user, text=told["text"], client_token=told["client_token"])
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            return done(request, f"{dossier_url(pk)}#notes", _("La note est ajoutée."))
    return render_form(request, "dossiers/note_form.html", {"dossier": dossier}, form, refusal)


@require_POST
def note_remove(request: HttpRequest, pk: int, note_pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    remove_note(note=get_note_or_404(dossier, note_pk), actor=request.user)
    return done(request, f"{dossier_url(pk)}#notes", _("La note est supprimée."))


def sheet_url(pk: int) -> str:
    return reverse("sourcing_sheet", args=[pk])


@require_http_methods(["GET", "HEAD", "POST"])
def sourcing_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    sheet = getattr(dossier, "sourcing", None)
    context, refusal = sheet_context(request, dossier), None
    form = SheetForm(sent(request), initial=initial_of(sheet))
    if form.is_bound and form.is_valid():
        try:
            write_sheet(dossier=dossier, actor=request.user, sheet=form.sheet(), expected=form.cleaned_data["version"])
        except Conflict as caught:
            refusal = caught
            context["conflict"] = compared(form, initial_of(caught.current), caught)
        else:
            return done(request, sheet_url(pk), _("La fiche est enregistrée."))
    return render_form(request, "dossiers/sourcing_sheet.html", context, form, refusal)


def sheet_context(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "sheet": getattr(dossier, "sourcing", None),
        "companies": dossier.companies.all(),
        "may_edit": permissions.can_edit_dossier(request.user, dossier),
        "company_form": CompanyForm(auto_id="rencontre_%s"),
    }


@require_POST
def company_add(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    permissions.require(permissions.can_edit_dossier(request.user, dossier))
    form, refusal = CompanyForm(request.POST), None
    if form.is_valid():
        try:
            token = form.cleaned_data["client_token"]
            add_company(dossier=dossier, actor=request.user, meeting=form.meeting(), client_token=token)
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            return done(request, f"{sheet_url(pk)}#rencontres", _("La rencontre est ajoutée."))
    return render_form(request, "dossiers/company_form.html", {"dossier": dossier}, form, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def company_edit(request: HttpRequest, pk: int, company_pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    company = get_company_or_404(dossier, company_pk)
    permissions.require(permissions.can_edit_dossier(request.user, dossier))
    form = CompanyForm(sent(request), initial=company_initial(company))
    context, refusal = {"dossier": dossier, "company": company}, None
    if form.is_bound and form.is_valid():
        try:
            edit_company(
                company=company,
                actor=request.user,
                meeting=form.meeting(),
                expected=form.cleaned_data["version"],
            )
        except Conflict as caught:
            refusal = caught
            context["conflict"] = compared(form, company_initial(caught.current), caught)
        except Removed as caught:
            # What she typed is kept, and becomes a new meeting when it is sent again.
            refusal, context["company"] = caught, None
            add_refusal(form, caught)
        else:
            return done(request, f"{sheet_url(pk)}#rencontres", _("La rencontre est enregistrée."))
    return render_form(request, "dossiers/company_form.html", context, form, refusal)


@require_POST
def company_remove(request: HttpRequest, pk: int, company_pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    company = get_company_or_404(dossier, company_pk)
    try:
        remove_company(company=company, actor=request.user, expected=version_of(request))
    except Conflict as conflict:
        form = CompanyForm(request.POST)
        told = compared(form, company_initial(conflict.current), conflict)
        context = {"dossier": dossier, "company": conflict.current, "conflict": told}
        return render_form(request, "dossiers/company_form.html", context, form, conflict)
    return done(request, f"{sheet_url(pk)}#rencontres", _("La rencontre est supprimée."))
