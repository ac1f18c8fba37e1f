from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.core import ratelimits
from community.spaces.permissions import can_moderate_somewhere

from . import actions, keywords, limits, selectors, service
from .address import WORDS_NARROWED, Asked, read, read_box
from .engines import Unavailable
from .page import ResultsPage

# Of an address to keep: longer than may be kept, so that none is kept cut.
MAX_READ = 10_000
MAX_SUGGESTIONS = 8


@login_not_required
@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The results; the same address with nothing to look for is an empty box."""
    if WORDS_NARROWED in request.GET:
        return redirect(f"{reverse('search')}?{read_box(request.GET, request.user).address()}")
    asked = read(request.GET, request.user)
    results, is_unavailable = None, False
    if asked.text or asked.filters.chosen():
        ratelimits.spend_search(request)
        try:
            results = service.search(request.user, asked.text, asked.filters, asked.page)
        except Unavailable:
            is_unavailable = True
    if results and results.total and not results.rows and asked.page > 1:
        # Beyond the last page.
        return redirect(f"{reverse('search')}?{asked.address()}")
    page = ResultsPage(request.user, asked, results)
    if results and is_missed(asked, results) and not page.keywords:
        actions.record_miss(text=asked.text)
    context = {"page": page, "results": results, "asked": asked, "is_unavailable": is_unavailable}
    return render(request, "search/search.html", context, status=503 if is_unavailable else 200)


def is_missed(asked: Asked, results: service.Results) -> bool:
    """Words that nothing here meets, whatever the filters; the posts of somebody are not words."""
    is_wide = not asked.filters.chosen() and asked.filters.space_ids is None and not asked.filters.titles_only
    query = results.query
    return is_wide and results.missed and bool(query.words) and not (query.authors or query.authors_left_out)


@login_not_required
@never_cache
@require_safe
def search_suggest(request: HttpRequest) -> HttpResponse:
    """What completes the words being typed: the options of a list box."""
    limits.spend_suggestion(request)
    text = request.GET.get("q", "")
    named = keywords.begun(request.user, text)
    try:
        titles = service.autocomplete(request.user, text, limit=MAX_SUGGESTIONS - len(named))
    except Unavailable:
        titles = []
    return render(request, "search/_suggestions.html", {"suggestions": [*titles, *named]})


@never_cache
@require_safe
def saved_search_list(request: HttpRequest) -> HttpResponse:
    return render(request, "search/saved_search_list.html", {"saved": selectors.saved_searches_of(request.user)})


@require_POST
def search_save(request: HttpRequest) -> HttpResponse:
    asked = read(QueryDict(request.POST.get("adresse", "")[:MAX_READ]), request.user)
    saved = actions.save_search(actor=request.user, asked=asked)
    messages.success(request, _("Recherche enregistrée : vous serez prévenu·e ici des nouveautés."))
    return redirect(f"{reverse('search')}?{saved.address}")


@require_POST
def saved_search_forget(request: HttpRequest, pk: int) -> HttpResponse:
    actions.forget_search(actor=request.user, pk=pk)
    messages.success(request, _("Recherche supprimée."))
    return redirect("saved_search_list")


@require_safe
def search_misses(request: HttpRequest) -> HttpResponse:
    """For those who animate: what was looked for and is not there."""
    if not (request.user.is_staff or can_moderate_somewhere(request.user)):
        raise Http404
    return render(request, "search/search_misses.html", {"misses": selectors.searches_without_result()})
