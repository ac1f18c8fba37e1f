from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from community.core import contents

from . import actions, selectors

MAX_ID = 2**62


@require_GET
def notification_list(request: HttpRequest) -> HttpResponse:
    unseen_only = request.GET.get("filtre") == "non-lues"
    groups, following = selectors.notification_page(
        request.user, unseen_only=unseen_only, before=row_number(request.GET.get("avant", ""))
    )
    context = {
        "groups": groups,
        "unseen_only": unseen_only,
        "following": following,
        "is_first_page": "avant" not in request.GET,
    }
    return render(request, "notifications/notification_list.html", context)


def row_number(text: str) -> int | None:
    """A position in the list; anything else is the beginning."""
    return min(int(text), MAX_ID) if text.isascii() and text.isdigit() and len(text) < 20 else None


@require_POST
def notifications_seen(request: HttpRequest) -> HttpResponse:
    actions.mark_all_seen(actor=request.user)
    messages.success(request, _("Toutes vos notifications sont marquées comme lues."))
    return redirect("notification_list")


@require_POST
def subject_seen(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One's own rows about a subject, whatever it is: by its page as it is read, or from the list."""
    actions.mark_subject_seen(actor=request.user, kind=kind, pk=pk)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204)
    return redirect("notification_list")


@require_POST
def subject_watch(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Follows or leaves a content; one that cannot be seen is absent."""
    obj = contents.find_visible(request.user, kind, pk)
    if obj is None:
        raise Http404
    actions.set_level(actor=request.user, kind=kind, pk=pk, level=request.POST.get("level", ""))
    messages.success(request, _("Votre suivi est enregistré."))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = contents.get(kind).url(obj)
    return redirect(back)
