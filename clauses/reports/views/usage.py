from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clauses.library.addresses import clause_url
from clauses.library.models import Clause
from clauses.library.selectors.clause import get_clause_or_404
from community.core.errors import Refused
from community.notifications.actions import mark_subject_seen

from ..actions import decline_usage, edit_usage, remove_usage, report_usage
from ..actions.usage_ask import KIND as ASK
from ..forms.usage import UsageForm
from ..models import UsageAsk
from ..permissions import can_report, require
from ..selectors import get_report_or_404
from ..selectors.usage import get_ask_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def usage_report(request: HttpRequest, pk: int) -> HttpResponse:
    clause = get_clause_or_404(request.user, pk)
    require(can_report(request.user, clause))
    return tell(request, clause)


@require_http_methods(["GET", "HEAD", "POST"])
def usage_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the notification leads who was asked: the same form, and « non » settles it."""
    ask = get_ask_or_404(request.user, pk)
    require(can_report(request.user, ask.clause))
    return tell(request, ask.clause, ask)


def tell(request: HttpRequest, clause: Clause, ask: UsageAsk | None = None) -> HttpResponse:
    form = UsageForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_bound and form.is_valid() and not form.cleaned_data["used"]:
        decline_usage(clause=clause, actor=request.user)
        return said(request, clause, ask, _("Merci. Nous ne vous le demanderons plus pour cette clause."))
    if form.is_bound and form.is_valid():
        try:
            token = form.cleaned_data["client_token"]
            report_usage(clause=clause, actor=request.user, usage=form.usage(), client_token=token)
        except Refused as refused:
            form.add_error(None, refused.message)
            refusal = refused
        else:
            return said(request, clause, ask, _("Merci : votre retour compte pour celles et ceux qui hésitent."))
    return shown(request, form, clause=clause, refusal=refusal)


def said(request: HttpRequest, clause: Clause, ask: UsageAsk | None, message: str) -> HttpResponse:
    if ask is not None:
        mark_subject_seen(actor=request.user, kind=ASK, pk=ask.pk)
    messages.success(request, message)
    return redirect(clause_url(clause))


@require_http_methods(["GET", "HEAD", "POST"])
def usage_edit(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_report_or_404(request.user, pk)
    form = UsageForm(request.POST if request.method == "POST" else None, report=report)
    if form.is_bound and form.is_valid():
        edit_usage(report=report, actor=request.user, usage=form.usage())
        messages.success(request, _("Votre retour est à jour."))
        return redirect(clause_url(report.clause))
    return shown(request, form, clause=report.clause, report=report)


@require_POST
def usage_remove(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_report_or_404(request.user, pk)
    url = clause_url(report.clause)
    remove_usage(report=report, actor=request.user)
    messages.success(request, _("Votre retour est supprimé."))
    return redirect(url)


def shown(
    request: HttpRequest, form: UsageForm, *, clause, report=None, refusal: Refused | None = None
) -> HttpResponse:
    """422 when it is to be mended, the status of the refusal otherwise."""
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"form": form, "clause": clause, "report": report, "url": clause_url(clause)}
    return render(request, "clauses/usage_report.html", context, status=status)
