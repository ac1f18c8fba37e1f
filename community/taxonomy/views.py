from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.core import ratelimits
from community.core.errors import Refused

from . import selectors
from .actions import add_synonym, merge_tags
from .evidence import MAX_TEXT
from .forms import MergeForm, SynonymForm
from .models import Tag
from .permissions import can_curate_tags
from .suggest import suggest_families
from .tags import MAX_TAG

SUGGESTING = ratelimits.Limit("family-suggest", times=120, seconds=60, newcomer=30)


@require_safe
def family_suggest(request: HttpRequest) -> HttpResponse:
    """Families for a CPV code (`cpv`) or a contract's object (`objet`): a fragment for htmx, JSON otherwise."""
    ratelimits.spend(SUGGESTING, actor=request.user)
    cpv, text = request.GET.get("cpv", "")[:12], request.GET.get("objet", "")[:MAX_TEXT]
    suggestions = suggest_families(cpv=cpv, text=text) if cpv or text else []
    if request.htmx:
        return render(request, "taxonomy/_family_suggestions.html", {"suggestions": suggestions})
    rows = [
        {"id": item.family.pk, "label": item.family.label, "why": item.why, "score": round(item.score, 2)}
        for item in suggestions
    ]
    return JsonResponse({"suggestions": rows})


@require_safe
def tag_curate(request: HttpRequest) -> HttpResponse:
    """The vocabulary, for those who keep it; absent for the others."""
    if not can_curate_tags(request.user):
        raise Http404
    text = request.GET.get("q", "")[:MAX_TAG].strip()
    page = selectors.curated_tags(
        request.user, text=text, after=request.GET.get("apres", ""), before=request.GET.get("avant", "")
    )
    context = {
        "tags": page.rows,
        "query": text,
        "previous_url": f"?{urlencode({'q': text, 'avant': page.previous})}" if page.previous else "",
        "next_url": f"?{urlencode({'q': text, 'apres': page.next})}" if page.next else "",
    }
    return render(request, "taxonomy/tag_curate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tag_curate_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Merging one word into another, or giving it a synonym; `act` says which form was sent."""
    tag = selectors.get_curated_tag_or_404(request.user, pk)
    act = request.POST.get("act")
    merge = MergeForm(request.POST if act == "merge" else None, auto_id="fondre-%s")
    synonym = SynonymForm(request.POST if act == "synonym" else None, auto_id="synonyme-%s")
    try:
        if merge.is_valid():
            return _merge(request, tag, merge)
        if synonym.is_valid():
            add_synonym(actor=request.user, tag=tag, name=synonym.cleaned_data["name"])
            messages.success(request, _("Synonyme ajouté."))
            return redirect("tag_curate_one", tag.pk)
    except Refused as refusal:
        sent = merge if act == "merge" else synonym
        field = getattr(refusal, "field", None)
        sent.add_error(field if field in sent.fields else None, refusal.message)
    status = 422 if merge.errors or synonym.errors else 200
    context = {"tag": tag, "merge": merge, "synonym": synonym}
    return render(request, "taxonomy/tag_curate_one.html", context, status=status)


def _merge(request: HttpRequest, tag: Tag, form: MergeForm) -> HttpResponse:
    into = selectors.find_curated_tag(request.user, form.cleaned_data["into"])
    if into is None:
        raise Refused(_("Aucun mot-clé ne s’écrit ainsi."), field="into")
    kept = merge_tags(actor=request.user, tag=tag, into=into)
    messages.success(request, _("« %(tag)s » mène maintenant à « %(kept)s ».") % {"tag": tag, "kept": kept})
    return redirect("tag_curate_one", kept.pk)
