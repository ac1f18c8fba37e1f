"""The home page: a door for visitors, a desk for members. What other rooms show there comes by their own tags."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.spaces.models import Space

MAX_SPACES = 6


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    member = request.user
    if not member.is_authenticated:
        return render(request, "home/accueil_visiteur.html")
    spaces = Space.objects.visible_to(member).joined_by(member).active().order_by("name")[:MAX_SPACES]
    context = {
        "spaces": spaces,
        "families": member.families_followed.order_by("position")[:MAX_SPACES],
    }
    return render(request, "home/accueil.html", context)
