from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.core import contents
from community.core.errors import Invalid

from . import actions, permissions, selectors
from .models import FlagReason


@require_http_methods(["GET", "POST"])
def content_flag(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The form of a report, as a page for those without popovers; a content that cannot be seen is absent."""
    obj = contents.find_visible(request.user, kind, pk)
    if obj is None:
        raise Http404
    registered = contents.get(kind)
    context = {
        "title": registered.title(obj),
        "back": registered.url(obj),
        "reasons": FlagReason.choices,
        "chosen": request.POST.get("reason", ""),
        "detail": request.POST.get("detail", ""),
    }
    if request.method == "GET":
        return render(request, "moderation/content_flag.html", context)
    try:
        actions.flag_content(actor=request.user, kind=kind, pk=pk, reason=context["chosen"], detail=context["detail"])
    except Invalid as error:
        return render(request, "moderation/content_flag.html", {**context, "error": error}, status=error.status)
    messages.success(request, _("Signalement envoyé à l’équipe d’animation."))
    return redirect(context["back"])


@require_GET
def review_queue(request: HttpRequest) -> HttpResponse:
    if not permissions.can_review(request.user):
        raise Http404
    return render(request, "moderation/review_queue.html", {"items": selectors.review_queue(request.user)})


@require_POST
def flags_decide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    if contents.find_visible(request.user, kind, pk) is None:
        raise Http404
    actions.decide_flags(
        actor=request.user,
        kind=kind,
        pk=pk,
        outcome=request.POST.get("outcome", ""),
        reason=request.POST.get("reason", "")[:300],
    )
    messages.success(request, _("Décision enregistrée."))
    return redirect("review_queue")
