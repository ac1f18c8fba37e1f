"""« Faire calibrer »: where, to whom, what leaves; each said before it leaves."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clauses.calibration import permissions
from clauses.calibration.actions.ask import ask_calibration
from clauses.calibration.forms.ask import AskForm, DepartementForm
from clauses.calibration.selectors.askees import Askees, askees_for
from clauses.calibration.selectors.requests import calibrations_of
from clauses.calibration.vocabularies import Asked
from clauses.dossiers.models import Dossier
from clauses.dossiers.selectors.dossier import get_dossier_or_404
from community.core.addresses import address
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form
from community.members.models import Territory
from community.members.models.territory import TerritoryKind


@require_http_methods(["GET", "HEAD", "POST"])
def calibration_ask(request: HttpRequest, dossier_pk: int) -> HttpResponse:
    """`departement` in the address says where; the form then says to whom."""
    dossier = get_dossier_or_404(request.user, dossier_pk)
    permissions.require(permissions.can_ask_calibration(request.user, dossier))
    place, territory = place_of(request, dossier)
    if territory is None:
        return page(request, dossier, place)
    askees = askees_for(request.user, territory)
    if request.method != "POST":
        first = askees.facilitators[0].public_id if askees.facilitators else ""
        form = AskForm.of(dossier, kind=askees.kind, facilitator=first)
        return page(request, dossier, place, territory=territory, askees=askees, form=form)
    form, refusal = AskForm(request.POST), None
    if form.is_valid():
        try:
            sent = ask_calibration(
                actor=request.user,
                dossier=dossier,
                ask=form.ask(dossier=dossier, territory=territory),
                kind=form.cleaned_data["kind"],
                facilitator=form.cleaned_data["facilitator"],
                client_token=form.cleaned_data["client_token"],
            )
        except Refused as refused:
            refusal = refused
            add_refusal(form, refused)
        else:
            return done(request, address("calibration_detail", pk=sent.pk), _("Votre demande est partie."))
    return page(request, dossier, place, territory=territory, askees=askees, form=form, refusal=refusal)


def place_of(request: HttpRequest, dossier: Dossier) -> tuple[DepartementForm, Territory | None]:
    """The département given, or the dossier's own."""
    if request.GET.get("departement"):
        place = DepartementForm(request.GET)
        return place, place.cleaned_data["departement"] if place.is_valid() else None
    own = dossier.territory
    if own is not None and own.kind == TerritoryKind.DEPARTEMENT:
        return DepartementForm(initial={"departement": own}), own
    return DepartementForm(), None


def page(
    request: HttpRequest,
    dossier: Dossier,
    place: DepartementForm,
    *,
    territory: Territory | None = None,
    askees: Askees | None = None,
    form: AskForm | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    """The form given back names whom the request would go to now: sending again sends it there."""
    if refusal is not None and askees is not None:
        form.data = form.data.copy()
        form.data["kind"] = askees.kind
    context = {
        "dossier": dossier,
        "place": place,
        "territory": territory,
        "askees": askees,
        "is_facilitator": askees is not None and askees.kind == Asked.FACILITATOR,
        "is_network": askees is not None and askees.kind == Asked.NETWORK,
        "chosen": form["facilitator"].value() if form is not None else "",
        "earlier": calibrations_of(dossier),
        "action": f"?departement={territory.pk}" if territory else "",
        "breadcrumb": [
            {"label": dossier.title, "url": address("dossier_detail", pk=dossier.pk)},
            {"label": _("Faire calibrer"), "url": ""},
        ],
    }
    return render_form(request, "calibration/ask.html", context, form or place, refusal)
