from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.core import ratelimits

from .evidence import MAX_TEXT
from .suggest import suggest_families

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
