from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.core.pagecache import keep, watch_contents

from .. import permissions
from ..actions.copy import record_copy
from ..addresses import clause_url
from ..exports.clause import read_values
from ..models import Clause, CopyForm
from ..selectors.clause import get_clause_or_404, read_clause
from ..selectors.watches import clauses_watch
from .page import page_context, structured_data


@login_not_required
@require_safe
def clause_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    clause = get_clause_or_404(request.user, pk)
    url = clause_url(clause)
    if request.path != url:
        # Only for who may read it: the right address tells the title.
        query = request.META["QUERY_STRING"]
        return redirect(f"{url}?{query}" if query else url, permanent=True)
    page = read_clause(request.user, clause)
    context = page_context(page, read_values(request.GET, page.content))
    signed_in = request.user.is_authenticated
    context["rights"] = rights_of(request.user, clause)
    if context["is_open"] and not signed_in:
        context["structured"] = structured_data(page, context)
    response = render(request, "clauses/clause_detail.html", context)
    if signed_in:
        return response
    others = [each for each in page.related if not isinstance(each, Clause)]
    watches = [clauses_watch([pk, *(other.pk for other in page.shown_clauses)]), *watch_contents(others)]
    return keep(request, response, watches=watches)


def rights_of(viewer, clause: Clause) -> dict[str, bool]:
    if not viewer.is_authenticated:
        return {"signed_in": False}
    own = clause.author_id == viewer.pk
    return {
        "signed_in": True,
        "suggest": permissions.can_suggest(viewer, clause),
        "manage": clause.may_be_managed or (own and permissions.can_correct_proposal(viewer, clause)),
        "report": clause.version > 0,
    }


@require_POST
def clause_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Said by the page when the text was copied; a member's own memory, nothing is shown of it."""
    clause = get_clause_or_404(request.user, pk)
    form, typed = request.POST.get("form", ""), request.POST.get("version", "")
    record_copy(
        clause=clause,
        actor=request.user,
        form=form if form in (CopyForm.PLAIN, CopyForm.RICH) else CopyForm.PLAIN,
        wording_key=request.POST.get("wording", "")[:40],
        version=int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None,
    )
    return HttpResponse(status=204)
