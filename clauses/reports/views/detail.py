from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clauses.library.selectors.watches import clauses_watch
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form, sent
from community.core.pagecache import keep, watch_contents

from .. import permissions
from ..actions import (
    delete_experience,
    hide_experience,
    restore_experience,
    toggle_useful,
    withdraw_experience,
)
from ..addresses import experience_url, reports_url
from ..forms.acts import ReasonForm
from ..models import ExperienceReport
from ..selectors import get_experience_or_404
from ..selectors.experience import read_experience
from ..selectors.history import versions_of
from ..selectors.watches import report_watch
from ..story import shown_title
from .page import page_context


@login_not_required
@require_safe
def experience_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    visitor = not request.user.is_authenticated
    watch = report_watch(pk) if visitor else None
    report = get_experience_or_404(request.user, pk)
    url = experience_url(report)
    if request.path != url:
        # Only for who may read it: the right address tells the title.
        return redirect(url, permanent=True)
    page = read_experience(request.user, report)
    response = render(request, "reports/experience_detail.html", page_context(request.user, page))
    if watch is None:
        return response
    others = watch_contents(page.related)
    if page.clauses:
        others.append(clauses_watch(clause.pk for clause in page.clauses))
    return keep(request, response, watches=[watch, *others])


@login_not_required
@require_safe
def experience_history(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_experience_or_404(request.user, pk)
    if not permissions.can_read_past(request.user, report):
        raise Http404
    context = {
        "title": shown_title(report),
        "url": experience_url(report),
        "versions": versions_of(request.user, report),
        "is_closed": not permissions.hides_nothing(report),
    }
    return render(request, "reports/experience_history.html", context)


@require_POST
def experience_useful(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_experience_or_404(request.user, pk)
    marked = toggle_useful(report=report, actor=request.user)
    return done(request, experience_url(report), _("Marqué utile.") if marked else _("Ce n’est plus marqué utile."))


@require_http_methods(["GET", "HEAD", "POST"])
def experience_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_experience_or_404(request.user, pk)
    permissions.require(permissions.can_withdraw(request.user, report))
    if request.method == "POST":
        withdraw_experience(report=report, actor=request.user)
        return done(request, experience_url(report), _("Récit retiré : plus personne d’autre ne le lit."))
    words = {
        "heading": _("Retirer ce récit"),
        "lede": _("Plus personne d’autre ne le lira. Vous pourrez le modifier et le publier à nouveau."),
        "submit": _("Retirer le récit"),
    }
    return ask(request, report, words)


@require_http_methods(["GET", "HEAD", "POST"])
def experience_delete(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_experience_or_404(request.user, pk)
    permissions.require(permissions.can_delete(request.user, report))
    if request.method == "POST":
        delete_experience(report=report, actor=request.user)
        return done(request, reports_url(), _("Récit supprimé."))
    words = {
        "heading": _("Supprimer ce récit"),
        "lede": _("Le texte et ses fichiers seront effacés pour de bon."),
        "submit": _("Supprimer le récit"),
    }
    return ask(request, report, words)


@require_http_methods(["GET", "HEAD", "POST"])
def experience_hide(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_experience_or_404(request.user, pk)
    permissions.require(permissions.can_hide(request.user, report))
    form, refusal = ReasonForm(sent(request)), None
    if form.is_bound and form.is_valid():
        try:
            hide_experience(report=report, actor=request.user, reason=form.cleaned_data["reason"])
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            return done(request, experience_url(report), _("Récit masqué."))
    words = {
        "heading": _("Masquer ce récit"),
        "lede": _("Seules les personnes qui modèrent ici et qui l’a écrit le liront encore."),
        "submit": _("Masquer le récit"),
    }
    return ask(request, report, words, form=form, refusal=refusal)


@require_POST
def experience_restore(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_experience_or_404(request.user, pk)
    restore_experience(report=report, actor=request.user)
    return done(request, experience_url(report), _("Récit rétabli."))


def ask(
    request: HttpRequest, report: ExperienceReport, words: dict[str, str], *, form: ReasonForm | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    """The page that asks before an act."""
    context = {"words": words, "title": shown_title(report), "url": experience_url(report)}
    if form is None:
        return render(request, "reports/experience_act.html", context)
    return render_form(request, "reports/experience_act.html", context, form, refusal)
