from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.core import contents
from community.core.errors import Invalid, Refused
from community.core.pages import page_key

from . import actions, permissions, selectors
from .law_review import MAX_PERSONS, chosen_items, get_item_or_404, lines_of, review_page, who_may_be_entrusted
from .models import FlagReason, ReviewItem
from .replacing import proposals


@require_http_methods(["GET", "POST"])
def content_flag(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The form of a report, as a page or as the window over a thread; a content that cannot be seen is absent."""
    obj = contents.find_visible(request.user, kind, pk)
    if obj is None:
        raise Http404
    registered = contents.get(kind)
    context = {
        "title": registered.title(obj),
        "action": request.path,
        "back": registered.url(obj),
        "reasons": FlagReason.choices,
        "chosen": request.POST.get("reason", ""),
        "detail": request.POST.get("detail", ""),
    }
    if request.method == "GET":
        part = "#dialog" if request.htmx else ""
        return render(request, f"moderation/content_flag.html{part}", context)
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


@require_http_methods(["GET", "HEAD", "POST"])
def law_review(request: HttpRequest) -> HttpResponse:
    """What waits to be read again because the law moved; several are decided at once by ticking them."""
    if not permissions.can_review_law(request.user):
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            messages.success(request, decide_several(request))
        except Refused as error:
            refusal = error
        else:
            return redirect(request.get_full_path())
    mine = "moi" in request.GET
    page = review_page(request.user, mine=mine, after=page_key(request.GET.get("apres")))
    context = {
        "page": page,
        "tabs": [
            {"label": _("Tout ce qui attend"), "url": "?", "current": not mine},
            {"label": _("Ce qui m’est confié"), "url": "?moi", "current": mine},
        ],
        "next_url": f"?{'moi&' if mine else ''}apres={page.next}" if page.next else "",
        "refusal": refusal,
    }
    return render(request, "moderation/law_review.html", context, status=refusal.status if refusal else 200)


def decide_several(request: HttpRequest) -> str:
    typed = [value for value in request.POST.getlist("item") if value.isascii() and value.isdigit() and len(value) < 19]
    items = chosen_items(request.user, map(int, typed))
    if not items:
        raise Invalid(_("Cochez au moins un contenu."))
    count = actions.decide_items(actor=request.user, items=items, outcome=request.POST.get("action", ""))
    if not count:
        raise Refused(_("Ces contenus ont déjà été relus : rechargez la page pour voir les décisions."))
    return ngettext("%(count)d décision enregistrée.", "%(count)d décisions enregistrées.", count) % {"count": count}


@require_http_methods(["GET", "HEAD", "POST"])
def law_review_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One content to read again: decide, or ask somebody."""
    item, obj = get_item_or_404(request.user, pk)
    refusal = None
    if request.method == "POST":
        try:
            said = act_on_item(request, item)
        except Refused as error:
            refusal = error
        else:
            messages.success(request, said)
            return redirect(safe_next(request) or "law_review")
    (line,) = lines_of(request.user, [(item, obj)])
    context = {
        "line": line,
        "persons": who_may_be_entrusted(item)[:MAX_PERSONS],
        "refusal": refusal,
        "next": safe_next(request),
        "note": request.POST.get("note", ""),
    }
    return render(request, "moderation/law_review_item.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def law_replace(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What would be written over the citations of a content, and the act itself; both are for who may change it."""
    obj = contents.find_visible(request.user, kind, pk)
    if obj is None:
        raise Http404
    registered, refusal = contents.get(kind), None
    permissions.require_can_mend(request.user, registered, obj)
    if request.method == "POST":
        try:
            whole = actions.replace_citations(actor=request.user, kind=kind, obj=obj, seen=request.POST.get("seen", ""))
        except Refused as error:
            refusal = error
        else:
            said = _("Citation remplacée. Le texte d’avant reste dans l’historique.")
            if not whole:
                said = _("Citation remplacée en partie : ce qui reste demande une relecture.")
            messages.success(request, said)
            return redirect(safe_next(request) or registered.url(obj))
    context = {
        "title": registered.title(obj),
        "url": registered.url(obj),
        "proposal": proposals(request.user, {(kind, pk): obj}).get((kind, pk)),
        "refusal": refusal,
        "next": safe_next(request),
    }
    return render(request, "moderation/law_replace.html", context, status=refusal.status if refusal else 200)


def act_on_item(request: HttpRequest, item: ReviewItem) -> str:
    if request.POST.get("action") == "entrust":
        chosen = request.POST.get("to", "")
        to = (
            who_may_be_entrusted(item).filter(pk=int(chosen)).first() if chosen.isascii() and chosen.isdigit() else None
        )
        if to is None:
            raise Invalid(_("Choisissez à qui confier cette relecture."), field="to")
        actions.entrust_item(actor=request.user, item=item, to=to)
        return _("Relecture confiée à %(name)s.") % {"name": to}
    actions.decide_item(
        actor=request.user,
        item=item,
        outcome=request.POST.get("action", ""),
        note=request.POST.get("note", ""),
    )
    return _("Décision enregistrée.")


def safe_next(request: HttpRequest) -> str:
    back = request.POST.get("next", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) else ""
