from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.core.richtext import excerpt

from ..addresses import clause_url
from ..selectors.clause import get_clause_or_404
from ..selectors.rows import details
from ..selectors.similar import similar_clauses


@login_not_required
@never_cache
@require_safe
def clause_similar(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel under a clause, fetched once its page is read; without a script, a page."""
    clause = get_clause_or_404(request.user, pk)
    rows = [
        {"title": each.title, "url": clause_url(each), "detail": " · ".join(details(each))}
        for each in similar_clauses(request.user, clause)
    ]
    if request.htmx:
        return render(request, "clauses/_similar.html", {"similar": rows})
    breadcrumb = [
        {"label": excerpt(clause.title, 60), "url": clause_url(clause)},
        {"label": _("Clauses proches"), "url": ""},
    ]
    context = {"clause": clause, "url": clause_url(clause), "similar": rows, "breadcrumb": breadcrumb}
    return render(request, "clauses/clause_similar.html", context)
