"""Reviews without account, on the team's side."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form, sent
from community.core.pages import page_key

from .. import permissions
from ..actions.remarks import answer_remark, take_proposal
from ..actions.review_links import USUAL, invite_reviewer, resend_link, withdraw_link
from ..addresses import dossier_url, item_anchor
from ..forms.people import InviteReviewerForm, ReplyForm
from ..models import ReviewRemark
from ..selectors.assembled import assemble
from ..selectors.dossier import get_dossier_or_404
from ..selectors.review import get_link_or_404, get_remark_or_404, history_of, reviews_of
from . import rows
from .items import version_of


@require_http_methods(["GET", "HEAD", "POST"])
def review_invite(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    permissions.require(permissions.can_edit_dossier(request.user, dossier))
    shown = assemble(request.user, dossier)
    form = InviteReviewerForm(sent(request), documents=shown.documents, initial={"expires_at": timezone.now() + USUAL})
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            link = invite_reviewer(dossier=dossier, actor=request.user, **form.cleaned_data)
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            return done(request, dossier_url(pk), _("Le lien est parti à %(email)s.") % {"email": link.email})
    context = {"dossier": dossier, "may_invite": permissions.can_invite_reviewer(request.user, dossier)}
    in_window = request.htmx and not form.is_bound
    template = "dossiers/review_invite.html#dialog" if in_window else "dossiers/review_invite.html"
    return render_form(request, template, context, form, refusal)


@require_POST
def review_withdraw(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    link = get_link_or_404(dossier, link_pk)
    withdraw_link(link=link, actor=request.user)
    words = _("Le lien de %(name)s n’ouvre plus rien. Ses avis restent dans le dossier.")
    return done(request, dossier_url(pk), words % {"name": link.name})


@require_POST
def review_resend(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    link = resend_link(link=get_link_or_404(dossier, link_pk), actor=request.user)
    words = _("Un nouveau lien est parti à %(email)s ; l’ancien n’ouvre plus rien.")
    return done(request, dossier_url(pk), words % {"email": link.email})


@require_safe
def review_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every decision with its name and its moment; changes of mind too."""
    dossier = get_dossier_or_404(request.user, pk)
    numbers = {item.pk: item.number for item in assemble(request.user, dossier).items}
    history = [
        rows.opinion_row(dossier, remark, remark.item)
        | {"title": remark.title, "number": numbers.get(remark.item_id, "")}
        for remark in history_of(request.user, dossier)
    ]
    context = {
        "dossier": dossier,
        "history": history,
        "reviews": rows.review_rows(dossier, reviews_of(dossier)),
        "may_edit": permissions.can_edit_dossier(request.user, dossier),
    }
    return render(request, "dossiers/review_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review_remark_answer(request: HttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """One opinion: its proposal beside the text, then taking it, answering it or setting it aside."""
    dossier = get_dossier_or_404(request.user, pk)
    remark = get_remark_or_404(request.user, dossier, remark_pk)
    form, refusal = ReplyForm(sent(request)), None
    if form.is_bound and form.is_valid():
        try:
            words = acted(request, remark, form.cleaned_data["reply"])
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
            # After a colleague's change: what she did stands beside what was typed.
            remark = get_remark_or_404(request.user, dossier, remark_pk)
        else:
            anchor = f"#{item_anchor(remark.item_id)}" if remark.item_id else ""
            return done(request, f"{dossier_url(pk)}{anchor}", words)
    item = remark.item
    context = {
        "dossier": dossier,
        "remark": rows.opinion_row(dossier, remark, item),
        "read": remark.version,
        "title": remark.title,
        "item": item,
        "changes": rows.proposed_changes(item, remark) if item is not None else [],
        "may_edit": permissions.can_edit_dossier(request.user, dossier),
    }
    return render_form(request, "dossiers/review_remark.html", context, form, refusal)


def acted(request: HttpRequest, remark: ReviewRemark, reply: str) -> str:
    read = version_of(request, "read")
    if "reprendre" in request.POST:
        take_proposal(remark=remark, actor=request.user, expected=version_of(request), read=read)
        return _("La rédaction proposée est dans le dossier.")
    if "ecarter" in request.POST:
        answer_remark(remark=remark, actor=request.user, read=read, reply=reply, dismiss=True)
        return _("L’avis est écarté ; il reste dans l’historique.")
    answer_remark(remark=remark, actor=request.user, read=read, reply=reply)
    return _("Votre réponse est enregistrée.")


@require_safe
def review_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """« Voir ce que la personne lit »: the same texts, without the forms; `?lien=12`, the documents of that link."""
    dossier = get_dossier_or_404(request.user, pk)
    link = get_link_or_404(dossier, page_key(request.GET["lien"]) or 0) if "lien" in request.GET else None
    shown = assemble(AnonymousUser(), dossier, documents=link.documents if link else (), readable_only=True)
    context = {"dossier": dossier, "documents": shown.documents, "link": link}
    return render(request, "dossiers/review_preview.html", context)
