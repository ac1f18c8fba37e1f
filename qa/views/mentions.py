from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.core.errors import TooOften
from community.core.ratelimits import spend
from community.members.display import displayed
from community.members.models import Member
from community.spaces.models import Space
from community.taxonomy.text import fold
from qa import limits
from qa.selectors import get_question_or_404
from qa.selectors.mentionable import mentionable_in

MIN_TYPED = 2
MAX_TYPED = 60
MAX_FOUND = 8


@require_safe
def mention_suggest(request: HttpRequest) -> JsonResponse:
    """Members whose name begins so, among those who may read the thread (`question`) or the place (`space`) where the
    text will be; JSON for the editor: `results` of {id, name, detail}.
    """
    try:
        spend(limits.SUGGEST, actor=request.user)
    except TooOften as refusal:
        headers = {"Retry-After": str(refusal.retry_after)}
        return JsonResponse({"results": [], "error": refusal.message}, status=refusal.status, headers=headers)
    typed = " ".join(request.GET.get("q", "")[:MAX_TYPED].split())
    if len(typed) < MIN_TYPED:
        return JsonResponse({"results": []})
    found = readers_here(request).filter(begins_with(typed)).exclude(pk=request.user.pk)
    members = found.select_related("organisation").order_by("last_name", "first_name", "pk")[:MAX_FOUND]
    return JsonResponse({"results": [row_of(member) for member in members]})


def row_of(member: Member) -> dict:
    shown = displayed(member)
    return {"id": member.public_id, "name": shown.name or _("Membre"), "detail": shown.detail}


def readers_here(request: HttpRequest):
    """Who may be mentioned: readers of the thread, or of a place where the member may ask."""
    question = number(request.GET.get("question"))
    if question is not None:
        thread = get_question_or_404(request.user, question)
        return mentionable_in(thread.space, since=thread.created_at)
    space = number(request.GET.get("space"))
    if space is None:
        return mentionable_in(None)
    place = Space.objects.askable_by(request.user).filter(pk=space).first()
    return mentionable_in(place) if place is not None else Member.objects.none()


def number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def begins_with(typed: str) -> Q:
    """The beginning of any word of the name, accents typed or not; family names may come first."""
    folded = fold(typed)
    words = folded.split()
    begun = Q(folded_name__startswith=folded) | Q(folded_name__contains=f" {folded}")
    if len(words) < 2:
        return begun
    return begun | Q(folded_name__startswith=words[-1], folded_name__contains=f" {' '.join(words[:-1])}")
