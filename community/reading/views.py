import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.core.errors import Invalid, Refused, TooOften
from community.core.pages import page_key
from community.core.ratelimits import Limit, spend
from community.core.uploads.sent import with_stored_files

from . import actions, selectors
from .forms import draft_fields, safe_next

SAVES = Limit("draft", times=60, seconds=60)


@require_POST
def draft_save(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps a form as it stands; by `fetch` while typing, or by a button of the form itself."""
    wants_json = request.headers.get("Accept") == "application/json"
    try:
        spend(SAVES, actor=request.user)
        fields, lost = _sent_fields(request)
        draft = actions.save_draft(actor=request.user, key=key, fields=fields)
    except Refused as refusal:
        if not wants_json:
            raise
        headers = {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, TooOften) else {}
        return JsonResponse({"error": refusal.message}, status=refusal.status, headers=headers)
    if wants_json:
        return JsonResponse({"draft": draft.key, "saved_at": draft.updated_at.isoformat()})
    messages.success(request, _("Brouillon enregistré."))
    for error in lost:
        messages.warning(request, error.message)
    return redirect("draft_list")


def _sent_fields(request: HttpRequest) -> tuple[dict, list[ValidationError]]:
    """And what was wrong with the files that a form without JavaScript sent along."""
    if request.content_type != "application/json":
        data, lost = with_stored_files(request, request.POST.copy())
        return draft_fields(data), lost
    try:
        fields = json.loads(request.body)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise Invalid(_("Ce brouillon n’a pas la forme attendue."))
    return fields, []


@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    drafts = selectors.drafts_of(request.user)
    return render(request, "reading/draft_list.html", {"drafts": drafts})


@require_POST
def draft_discard(request: HttpRequest, key: str) -> HttpResponse:
    actions.discard_draft(actor=request.user, key=key)
    messages.success(request, _("Brouillon supprimé."))
    return redirect(safe_next(request, reverse("draft_list")))


@require_safe
def bookmark_list(request: HttpRequest) -> HttpResponse:
    page = selectors.bookmarks_of(
        request.user,
        before=page_key(request.GET.get("avant")),
        after=page_key(request.GET.get("apres")),
    )
    context = {
        "page": page,
        "total": selectors.bookmark_count(request.user),
        "previous_url": f"?apres={page.newer}" if page.newer else "",
        "next_url": f"?avant={page.older}" if page.older else "",
    }
    return render(request, "reading/bookmark_list.html", context)


@require_POST
def bookmark_toggle(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Keeps, or no longer keeps, a content. What cannot be seen and was not kept does not exist."""
    kept = not actions.remove_bookmark(actor=request.user, kind=kind, pk=pk)
    if kept:
        if selectors.find_visible(request.user, kind, pk) is None:
            raise Http404
        actions.add_bookmark(actor=request.user, kind=kind, pk=pk)
    if request.htmx:
        title = selectors.title_of(request.user, kind, pk)
        return render(request, "reading/_bookmark_button.html", {"kind": kind, "pk": pk, "kept": kept, "title": title})
    messages.success(request, _("Gardé dans vos favoris.") if kept else _("Retiré de vos favoris."))
    return redirect(safe_next(request, reverse("bookmark_list")))
