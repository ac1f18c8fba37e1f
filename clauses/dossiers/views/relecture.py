"""A review without account: the link, the code, then the clauses and nothing else. Checked again at each request."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.core.errors import Refused, TooOften
from community.core.form_pages import add_refusal, render_form
from community.core.pages import page_key
from community.core.richtext import normalise_text
from community.members.display import displayed

from .. import review_session
from ..actions.locks import Conflict
from ..actions.opening import code_stands, enter_code, send_code
from ..actions.remarks import Opinion, ask_more_time, conclude, decline_review, give_opinion
from ..actions.review_links import ask_for_new_link
from ..addresses import item_anchor
from ..forms.people import AgainForm, CodeForm, ConclusionForm, OpinionForm
from ..models import ReviewLink
from ..selectors.assembled import Assembled
from ..selectors.dossier import people_of
from ..selectors.review import find_open_link, get_reviewed_item_or_404, opinions_of, reviewed_items
from ..vocabularies import Decision
from . import rows


def reviewer_page(view: Callable) -> Callable:
    """The link of the token, open now; otherwise the page that says no more, whatever the reason."""

    @wraps(view)
    def shown(request: HttpRequest, token: str, **kwargs) -> HttpResponse:
        link = find_open_link(token)
        if link is None:
            return gone(request)
        return view(request, link, token, **kwargs)

    return login_not_required(never_cache(shown))


def with_code(view: Callable) -> Callable:
    """Only for the browser that typed the code."""

    @wraps(view)
    def shown(request: HttpRequest, link: ReviewLink, token: str, **kwargs) -> HttpResponse:
        if not review_session.is_granted(request, link):
            return redirect("review_open", token=token)
        return view(request, link, token, **kwargs)

    return reviewer_page(shown)


def gone(request: HttpRequest, form: AgainForm | None = None, *, status: int = 404) -> HttpResponse:
    response = render(request, "dossiers/review_gone.html", {"form": form or AgainForm()}, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@reviewer_page
def review_open(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    """Nothing of the dossier is told before the code, not even its title; opening sends no mail by itself, as mail
    servers open links too.
    """
    if review_session.is_granted(request, link):
        return redirect("review_read", token=token)
    return code_page(request, link, token, CodeForm())


def code_page(
    request: HttpRequest, link: ReviewLink, token: str, form: CodeForm, refusal: Refused | None = None
) -> HttpResponse:
    context = {"token": token, "email": masked(link.email), "is_sent": code_stands(link)}
    return render_form(request, "dossiers/review_code.html", context, form, refusal)


def masked(email: str) -> str:
    """Enough for her to know which box to open; whoever was forwarded the link learns no address."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…@{domain[:1]}…"


@require_POST
@reviewer_page
def review_code(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    try:
        send_code(link=link)
    except TooOften as refused:
        form = CodeForm({})
        form.add_error(None, refused.message)
        return code_page(request, link, token, form, refused)
    messages.success(request, _("Un code vient de partir à l’adresse de l’invitation."))
    return redirect("review_open", token=token)


@require_POST
@reviewer_page
def review_enter(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    form, refusal = CodeForm(request.POST), None
    if form.is_valid():
        try:
            review_session.grant(request, enter_code(link=link, typed=form.cleaned_data["code"]))
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            return redirect("review_read", token=token)
    return code_page(request, link, token, form, refusal)


@require_safe
@with_code
def review_read(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    return read_page(request, link, token)


def read_page(
    request: HttpRequest,
    link: ReviewLink,
    token: str,
    *,
    bound: dict[int, OpinionForm] | None = None,
    conclusion: ConclusionForm | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    shown, opinions = reviewed_items(link), opinions_of(link)
    context = {
        "link": link,
        "dossier": link.dossier,
        "token": token,
        "documents": reviewed_documents(request, shown, opinions, token, bound or {}),
        "owner": displayed(link.dossier.owner),
        "people": [displayed(each.member) for each in people_of(link.dossier)],
        "days_left": max((link.expires_at - timezone.now()).days, 0),
        "conclusion": conclusion or ConclusionForm(initial=concluded(link), auto_id="ensemble_%s"),
        **progress_of(shown, opinions),
    }
    invalid = any(form.errors for form in (bound or {}).values()) or bool(conclusion and conclusion.errors)
    status = refusal.status if refusal else 422 if invalid else 200
    return render(request, "dossiers/review_read.html", context, status=status)


def reviewed_documents(
    request: HttpRequest, shown: Assembled, opinions: dict, token: str, bound: dict[int, OpinionForm]
) -> list[dict[str, Any]]:
    """`?avis=12`: « Modifier mon avis » shows that form again."""
    changing = page_key(request.GET.get("avis")) or 0
    return [
        {
            **rows.folder(document, place),
            "items": [
                reviewed_row(item, opinions.get(item.pk), token, bound.get(item.pk), changing)
                for item in document.items
            ],
        }
        for place, document in enumerate(shown.documents)
    ]


def progress_of(shown: Assembled, opinions: dict) -> dict[str, Any]:
    items = shown.items
    done = {item.pk: opinions[item.pk] for item in items if item.pk in opinions}
    waiting = next((item for item in items if item.pk not in done), None)
    return {
        "total": len(items),
        "done": len(done),
        "counts": counts_words(done, len(items)),
        "next": f"#{item_anchor(waiting.pk)}" if waiting else "",
    }


def concluded(link: ReviewLink) -> dict[str, str]:
    return {"conclusion": link.conclusion, "text": link.conclusion_text}


def counts_words(done: dict[int, Any], total: int) -> str:
    accepted = sum(1 for remark in done.values() if remark.decision == Decision.ACCEPT)
    to_change = sum(1 for remark in done.values() if remark.decision == Decision.CHANGE)
    parts = []
    if accepted:
        parts.append(ngettext("%(count)d accepté", "%(count)d acceptés", accepted) % {"count": accepted})
    if to_change:
        words = ngettext("%(count)d modification demandée", "%(count)d modifications demandées", to_change)
        parts.append(words % {"count": to_change})
    parts.append(_("%(count)d à lire") % {"count": total - len(done)})
    return ", ".join(parts)


def reviewed_row(item, remark, token: str, form: OpinionForm | None, open_item: int) -> dict[str, Any]:
    """Her opinion when she gave one, otherwise the form; « Modifier mon avis » shows the form again."""
    row: dict[str, Any] = {
        "pk": item.pk,
        "anchor": item_anchor(item.pk),
        "number": item.number,
        "title": item.title,
        "html": item.html,
        "lot": str(item.lot) if item.lot else "",
        "weight": item.weight,
        "url": reverse("review_remark", kwargs={"token": token, "item_pk": item.pk}),
        "change_url": f"?avis={item.pk}#{item_anchor(item.pk)}",
    }
    if remark is not None and form is None and open_item != item.pk:
        words, tone, icon = rows.DECISION_WORDS[Decision(remark.decision)]
        told = {"words": words, "tone": tone, "icon": icon, "moved": rows.moved_since(remark, item.item)}
        return row | told | {"opinion": remark, "changes": rows.proposed_changes(item.item, remark)}
    initial = {"version": item.item.version, "offered": mark_of(item.item.text)}
    if remark is None and form is None:
        # A page has forty of them: the template writes the form itself.
        return row | initial | {"form": None, "proposal": item.item.text, "client_token": uuid4()}
    if remark is not None:
        proposal = remark.proposal or item.item.text
        initial |= {"decision": remark.decision, "text": remark.text, "proposal": proposal}
    return row | {"form": form or OpinionForm(initial=initial, auto_id=f"avis_{item.pk}_%s")}


def mark_of(text: str) -> str:
    return sha256(normalise_text(text).strip().encode()).hexdigest()[:16]


def reread(form: OpinionForm, conflict: Conflict) -> None:
    """The form goes with the new text, her words kept.

    A wording that she had not touched is the former text: left there, it would come back as her proposal.
    """
    text, typed = conflict.current.text, form.cleaned_data["proposal"]
    form.data = form.data.copy()
    if not typed.strip() or mark_of(typed) == form.cleaned_data["offered"]:
        form.data["proposal"] = text
    form.data["version"], form.data["offered"] = str(conflict.current.version), mark_of(text)


@require_POST
@with_code
def review_remark(request: HttpRequest, link: ReviewLink, token: str, item_pk: int) -> HttpResponse:
    item = get_reviewed_item_or_404(link, item_pk)
    form, refusal = OpinionForm(request.POST, auto_id=f"avis_{item.pk}_%s"), None
    if form.is_valid():
        told = form.cleaned_data
        proposal = told["proposal"] if told["proposal"].strip() != item.item.text.strip() else ""
        try:
            opinion = Opinion(decision=told["decision"], text=told["text"], proposal=proposal)
            read, token_sent = told["version"], told["client_token"]
            give_opinion(link=link, item=item.item, read=read, opinion=opinion, client_token=token_sent)
        except Refused as caught:
            refusal = caught
            if isinstance(caught, Conflict):
                reread(form, caught)
            add_refusal(form, caught)
        else:
            messages.success(request, _("Votre avis sur « %(title)s » est enregistré.") % {"title": item.title})
            return redirect(f"{reverse('review_read', args=[token])}#{item_anchor(item.pk)}")
    return read_page(request, link, token, bound={item.pk: form}, refusal=refusal)


@require_POST
@with_code
def review_conclude(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    form = ConclusionForm(request.POST, auto_id="ensemble_%s")
    if not form.is_valid():
        return read_page(request, link, token, conclusion=form)
    conclude(link=link, conclusion=form.cleaned_data["conclusion"], text=form.cleaned_data["text"])
    messages.success(request, _("Merci. Votre relecture est enregistrée, l’équipe est prévenue."))
    return redirect("review_read", token=token)


@require_POST
@with_code
def review_more_time(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    ask_more_time(link=link)
    messages.success(request, _("Votre demande de délai est transmise."))
    return redirect("review_read", token=token)


@require_POST
@with_code
def review_decline(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    """« Je ne suis pas la bonne personne »: said from the box that got the code, not by whoever holds the link."""
    decline_review(link=link)
    review_session.forget(request, link)
    return redirect("review_again")


@login_not_required
@never_cache
def review_again(request: HttpRequest) -> HttpResponse:
    """A new link for an address that one waits for; the answer is the same for every address."""
    if request.method != "POST":
        return gone(request)
    form = AgainForm(request.POST)
    if not form.is_valid():
        return gone(request, form, status=422)
    try:
        ask_for_new_link(email=form.cleaned_data["email"])
    except Refused as refused:
        form.add_error(None, refused.message)
        return gone(request, form, status=refused.status)
    messages.success(request, _("Si une relecture vous attend, un nouveau lien part à cette adresse."))
    return redirect("review_again")
