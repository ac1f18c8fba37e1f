from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.core import contents
from community.members.display import displayed

from .. import permissions, selectors


# Open: the law is for everyone; what cites it is chosen for each reader.
@login_not_required
@require_safe
def legal_text(request: HttpRequest, slug: str) -> HttpResponse:
    text = selectors.get_text_or_404(request.user, slug)
    provisions = list(text.provisions.all())
    causes = [("legal_text", text.pk), *(("legal_provision", provision.pk) for provision in provisions)]
    kind = request.GET.get("nature", "")
    context = {
        "text": text,
        "state": text.state,
        "last_day": text.repealed_on and text.repealed_on - timedelta(days=1),
        "provisions": provisions,
        "steps": selectors.timeline(text),
        "citing": selectors.contents_citing(request.user, causes, kind=kind),
        "tabs": tabs(kind),
        "history": selectors.history_of(text, *provisions),
        "verified_by": displayed(text.verified_by) if text.verified_by else None,
        "may_edit": permissions.can_edit_law(request.user),
    }
    return render(request, "law/legal_text.html", context)


def tabs(current: str) -> list[dict]:
    """Kinds, without figures: how many there are of each is not everybody's to know."""
    names = [("", _("Tous"))]
    names += [(kind.name, kind.label) for kind in contents.kinds() if kind.name in ("question", "answer", "clause")]
    return [
        {"label": label, "url": f"?nature={name}#citations" if name else "?#citations", "current": name == current}
        for name, label in names
    ]


@login_not_required
@require_safe
def legal_text_list(request: HttpRequest) -> HttpResponse:
    context = {
        "natures": selectors.texts_by_nature(request.user),
        "may_edit": permissions.can_edit_law(request.user),
    }
    return render(request, "law/legal_text_list.html", context)


@login_not_required
@require_safe
def threshold_list(request: HttpRequest) -> HttpResponse:
    context = {
        "thresholds": selectors.thresholds_by_key(request.user),
        "may_edit": permissions.can_edit_law(request.user),
    }
    return render(request, "law/threshold_list.html", context)
