"""The calculator of insertion hours: answers in the address, an order of magnitude on the page, nothing kept."""

from decimal import Decimal

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clauses.calibration.forms.hours import HoursForm
from clauses.calibration.hours import EXAMPLE, Estimate, estimate, training_hours
from community.core import ui
from community.core.addresses import address
from community.law.obligations.words import euros


# Open, as the checker is: nothing is kept, and a colleague without account may be sent the address.
@login_not_required
@require_safe
def insertion_hours(request: HttpRequest) -> HttpResponse:
    """An address that gives some answers and not the others is a form begun, not one to mend."""
    given = {name for name in HoursForm.base_fields if request.GET.get(name)}
    started = bool(given - {"montant", "duree"})
    initial = {name: request.GET.get(name, "")[:40] for name in given}
    form = HoursForm(request.GET) if started else HoursForm(initial=initial)
    context = {"form": form, "example_url": f"{address('insertion_hours')}?{urlencode(EXAMPLE)}"}
    status = 200
    if started:
        status = 200 if form.is_valid() else 422
        if status == 200:
            context |= answer(estimate(form.inputs()))
    context["breadcrumb"] = [
        {"label": _("Clauses"), "url": address("clause_list")},
        {"label": _("Heures d’insertion"), "url": ""},
    ]
    return render(request, "calibration/insertion_hours.html", context, status=status)


def answer(found: Estimate) -> dict:
    return {
        "estimate": found,
        "formula": formula(found),
        "rounded": rounded(found),
        "unusual": [unusual(found, name) for name in found.unusual],
        "training": training_hours(found.inputs.amount),
    }


def percent(value: Decimal) -> str:
    return f"{plain(value)}{ui.NARROW_SPACE}%"


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def formula(found: Estimate) -> str:
    """« 800 000 € × 40 % de main-d’œuvre × 5 % d’insertion ÷ 30 € de l’heure »."""
    given = found.inputs
    return _("%(amount)s × %(labour)s de main-d’œuvre × %(rate)s d’insertion ÷ %(hourly)s € de l’heure") % {
        "amount": euros(given.amount),
        "labour": percent(given.labour),
        "rate": percent(given.rate),
        "hourly": plain(given.hourly),
    }


def rounded(found: Estimate) -> str:
    """Says what the formula gave, when it did not give whole hours."""
    exact = found.exact.quantize(Decimal("0.01"))
    if exact == found.hours:
        return _("Le calcul tombe juste.")
    return _("Le calcul donne %(exact)s h, arrondi à l’heure la plus proche.") % {"exact": plain(exact)}


def unusual(found: Estimate, name: str) -> str:
    said = {
        "rate": _("%(value)s d’insertion sort de l’usage (5 à 10 %%) : à justifier avec le facilitateur.")
        % {"value": percent(found.inputs.rate)},
        "hourly": _("%(value)s € de l’heure sort de l’usage (25 à 35 €) : vérifiez le secteur et les charges.")
        % {"value": plain(found.inputs.hourly)},
    }
    return said[name]
