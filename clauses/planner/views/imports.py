"""A CSV file comes in; its report, line by line, stays until it is forgotten."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clauses.planner import exports
from clauses.planner.actions.imports import accept_family, import_purchases, undo_import
from clauses.planner.forms import ImportForm
from clauses.planner.imports.lines import ADDED, DOUBLE, PROPOSED, REFUSED
from clauses.planner.imports.reading import MAX_BYTES, Unreadable, read_rows
from clauses.planner.models import PurchaseImport
from clauses.planner.selectors.purchases import get_import_or_404
from community.core.addresses import address
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form
from community.taxonomy.models import PurchaseFamily

from .board import csv_response
from .purchase import breadcrumb

OUTCOMES = {
    ADDED: {"tone": "success", "icon": "check", "words": gettext_lazy("Ajoutée")},
    PROPOSED: {"tone": "warning", "icon": "triangle-alert", "words": gettext_lazy("Famille proposée")},
    REFUSED: {"tone": "danger", "icon": "circle-alert", "words": gettext_lazy("Non ajoutée")},
    DOUBLE: {"tone": "", "icon": "copy", "words": gettext_lazy("Déjà là")},
}


@require_http_methods(["GET", "HEAD", "POST"])
def purchase_import(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            batch = taken(request, form)
        except Unreadable as unreadable:
            form.add_error("file", str(unreadable))
        except Refused as refused:
            refusal = refused
            add_refusal(form, refused)
        else:
            return done(request, address("import_detail", pk=batch.pk), counted(batch))
    context = {"breadcrumb": breadcrumb({"label": _("Importer un CSV"), "url": ""}), "back_url": address("planner")}
    return render_form(request, "planner/import_form.html", context, form, refusal)


def taken(request: HttpRequest, form: ImportForm) -> PurchaseImport:
    file = form.cleaned_data["file"]
    # One byte more than the cap tells that it is passed, without reading the rest.
    rows = read_rows(file.read(MAX_BYTES + 1))
    return import_purchases(
        actor=request.user, rows=rows, file_name=file.name, client_token=form.cleaned_data["client_token"]
    )


def counted(batch: PurchaseImport) -> str:
    count = batch.added_count
    if not count:
        return _("Aucun achat ajouté.")
    return ngettext("%(count)d achat ajouté.", "%(count)d achats ajoutés.", count) % {"count": count}


@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_import_or_404(request.user, pk)
    lines = [each | OUTCOMES[each["outcome"]] for each in batch.lines]
    left = sum(each["outcome"] in (REFUSED, DOUBLE) for each in lines)
    context = {
        "batch": batch,
        "lines": lines,
        "counted": counted(batch),
        "refused": sum(each["outcome"] == REFUSED for each in lines),
        "left": left,
        "proposed": sum(each["outcome"] == PROPOSED for each in lines),
        "breadcrumb": breadcrumb({"label": batch.file_name, "url": ""}),
    }
    return render(request, "planner/import_detail.html", context)


@require_safe
def import_refused(request: HttpRequest, pk: int) -> HttpResponse:
    return csv_response(exports.refused_lines(get_import_or_404(request.user, pk)), "lignes-refusees.csv")


@require_POST
def import_family(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_import_or_404(request.user, pk)
    number = request.POST.get("line", "")
    line = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 0
    proposed = next((each["family"] for each in batch.lines if each["line"] == line), None)
    family = PurchaseFamily.objects.filter(pk=proposed).first() if proposed else None
    if family is not None:
        accept_family(actor=request.user, batch=batch, line=line, family=family)
    return done(request, address("import_detail", pk=batch.pk), _("Famille enregistrée."))


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_import_or_404(request.user, pk)
    taken_back, remaining = undo_import(actor=request.user, batch=batch)
    said = ngettext("%(count)d achat retiré.", "%(count)d achats retirés.", taken_back) % {"count": taken_back}
    if remaining:
        said = _("%(said)s Ceux que vous avez modifiés ou partagés depuis restent.") % {"said": said}
    return done(request, address("import_detail", pk=batch.pk), said)
