"""« Mes achats à venir », and what each member chooses for herself beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from clauses.planner import exports
from clauses.planner.actions.settings import choose_reminders, close_feed, hide_from_peers, open_feed
from clauses.planner.feed import feed_token
from clauses.planner.forms import RemindersForm
from clauses.planner.models import PlannedPurchase, PurchaseImport
from clauses.planner.selectors.board import ORDERS, read_board
from clauses.planner.selectors.peers import peers_of
from clauses.planner.selectors.purchases import rows_of, settings_of
from community.core.addresses import address
from community.core.form_pages import done

from .words import line_words, month_words, row_words, year_words

SHOWN_IMPORTS = 3


@require_safe
def planner(request: HttpRequest) -> HttpResponse:
    order = request.GET.get("tri", "")
    order = order if order in ORDERS else "geste"
    board = read_board(request.user, order=order, page=page_number(request.GET.get("page", "")))
    settings = settings_of(request.user)
    token = feed_token(settings)
    rows = [row_words(row) for row in board.rows]
    context = {
        "board": board,
        "pressing": [(row_words(row), line_words(row, step)) for row, step in board.pressing],
        "rows": rows,
        "lines": [year_words(line, words) for line, words in zip(board.lines, rows, strict=True)],
        "months": month_words(board.months),
        "pages": range(1, board.pages + 1),
        "orders": [
            {"value": value, "label": label, "selected": value == order} for value, label in order_labels().items()
        ],
        "order": order,
        "peers": peers_of(request.user),
        "settings": settings,
        "reminders": RemindersForm(initial=settings.__dict__),
        "feed_url": request.build_absolute_uri(address("planner_feed", token=token)) if token else "",
        "imports": list(PurchaseImport.objects.visible_to(request.user)[:SHOWN_IMPORTS]),
    }
    return render(request, "planner/planner.html", context)


def order_labels() -> dict[str, str]:
    return {"geste": _("Prochain geste"), "renouvellement": _("Début du marché"), "montant": _("Montant")}


def page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1


@require_POST
def planner_reminders(request: HttpRequest) -> HttpResponse:
    form = RemindersForm(request.POST)
    form.full_clean()
    choose_reminders(actor=request.user, **form.cleaned_data)
    return done(request, f"{address('planner')}#rappels", _("Vos rappels sont enregistrés."))


@require_POST
def planner_feed_open(request: HttpRequest) -> HttpResponse:
    open_feed(actor=request.user)
    said = _("Voici l’adresse de votre agenda. L’ancienne, s’il y en avait une, n’ouvre plus rien.")
    return done(request, f"{address('planner')}#agenda", said)


@require_POST
def planner_feed_close(request: HttpRequest) -> HttpResponse:
    close_feed(actor=request.user)
    return done(request, f"{address('planner')}#agenda", _("L’adresse de votre agenda n’ouvre plus rien."))


@require_POST
def planner_hide(request: HttpRequest) -> HttpResponse:
    count = hide_from_peers(actor=request.user)
    said = ngettext(
        "Vous n’êtes plus visible pour %(count)d achat.", "Vous n’êtes plus visible pour %(count)d achats.", count
    ) % {"count": count}
    return done(request, f"{address('planner')}#pairs", said if count else _("Vous n’étiez visible pour personne."))


@require_safe
def planner_csv(request: HttpRequest) -> HttpResponse:
    """What the member reads, her own and what is shared with her."""
    rows = rows_of(request.user, PlannedPurchase.objects.visible_to(request.user))
    return csv_response(exports.csv_of(rows), f"achats-a-venir-{timezone.localdate():%Y-%m-%d}.csv")


@require_safe
def planner_model(request: HttpRequest) -> HttpResponse:
    return csv_response(exports.model_file(), "modele-achats.csv")


def csv_response(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
