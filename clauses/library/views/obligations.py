"""« Vérifier mes obligations »: answers in the address, an answer on the page, nothing kept."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from community.law.obligations.purchase import Place

from ..addresses import address, library_url
from ..forms.obligations import ObligationsForm
from .obligations_page import answer_context, read_answer

PARAMETERS = tuple(ObligationsForm.base_fields)
EXAMPLES = (
    (_("Repas scolaires, 80 000 €"), "nature=supplies&montant=80000&acheteur=local&famille=ALI&duree=24"),
    (_("Rénovation d’une école, 2,4 M€"), "nature=works&montant=2400000&acheteur=local&famille=BAT-REN&duree=14"),
    (_("Écrans et ordinateurs, 190 000 €"), "nature=supplies&montant=190000&acheteur=local&famille=NUM-MAT&duree=48"),
    (_("Étude d’urbanisme, 45 000 €"), "nature=services&montant=45000&acheteur=local&famille=PI-URB&duree=12"),
)


def answers_in(request: HttpRequest) -> QueryDict | None:
    """None when nothing is answered; who says nothing of the territory buys in mainland France."""
    if not any(request.GET.get(name) for name in PARAMETERS):
        return None
    data = request.GET.copy()
    data.setdefault("territoire", Place.MAINLAND)
    return data


@login_not_required
@require_safe
def obligations(request: HttpRequest) -> HttpResponse:
    data = answers_in(request)
    form = ObligationsForm(data)
    context = {
        "form": form,
        "action": address("obligations"),
        "breadcrumb": [
            {"label": _("Clauses"), "url": library_url()},
            {"label": _("Vérifier mes obligations"), "url": ""},
        ],
    }
    if data is None:
        context["examples"] = [{"label": label, "url": f"?{query}&{launch()}"} for label, query in EXAMPLES]
        return render(request, "clauses/obligations.html", context)
    if not form.is_valid():
        return render(request, "clauses/obligations.html", context, status=422)
    return render(request, "clauses/obligations.html", context | answer_context(read_answer(request.user, form), form))


def launch() -> str:
    """In two months: an example that is not over on the day it is read."""
    return f"lancement={timezone.localdate() + timedelta(days=60)}"
