"""The texts of a dossier: written, adapted, ordered, taken out, brought back, brought up to date."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clauses.library.addresses import clause_url
from clauses.library.permissions import can_view_clause
from community.core.diff import DiffLine, diff_texts
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form, sent

from .. import permissions
from ..actions.items import (
    choose_wording,
    edit_item,
    keep_version,
    move_item,
    remove_item,
    restore_item,
    take_version,
    write_article,
)
from ..actions.locks import Conflict
from ..addresses import dossier_url, item_anchor
from ..checks.freshness import has_newer
from ..content import Taken, named_text, take, taken_content, version_content
from ..forms.item import ItemForm, initial_of
from ..models import Dossier, DossierItem
from ..selectors.assembled import assemble
from ..selectors.dossier import get_dossier_or_404, get_item_or_404, removed_items
from .conflicts import compared


def at(item: DossierItem) -> str:
    return f"{dossier_url(item.dossier_id)}#{item_anchor(item.pk)}"


def editable(request: HttpRequest, pk: int) -> Dossier:
    dossier = get_dossier_or_404(request.user, pk)
    permissions.require(permissions.can_edit_dossier(request.user, dossier))
    return dossier


@require_http_methods(["GET", "HEAD", "POST"])
def item_write(request: HttpRequest, pk: int) -> HttpResponse:
    """An own article; `piece` says where it is asked for."""
    dossier = editable(request, pk)
    form = ItemForm(sent(request), dossier=dossier, initial={"document": request.GET.get("piece", "ccap")})
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            item = write_article(
                dossier=dossier,
                actor=request.user,
                words=form.words(),
                client_token=form.cleaned_data["client_token"],
            )
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            return done(request, at(item), _("L’article est dans le dossier."))
    return render_form(request, "dossiers/item_form.html", {"dossier": dossier}, form, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    item = get_item_or_404(request.user, dossier, item_pk)
    permissions.require(permissions.can_edit_dossier(request.user, dossier))
    form = ItemForm(sent(request), dossier=dossier, item=item)
    context, refusal = item_context(request, dossier, item), None
    if form.is_bound and form.is_valid():
        try:
            edit_item(item=item, actor=request.user, words=form.words(), expected=form.cleaned_data["version"])
        except Conflict as caught:
            refusal = caught
            context["conflict"] = compared(form, initial_of(caught.current), caught)
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            return done(request, at(item), _("L’article est enregistré."))
    return render_form(request, "dossiers/item_form.html", context, form, refusal)


def item_context(request: HttpRequest, dossier: Dossier, item: DossierItem) -> dict[str, Any]:
    content = taken_content(item)
    wordings = content["wordings"] if content else []
    shown = next((each for each in assemble(request.user, dossier).items if each.pk == item.pk), None)
    values = [] if shown is None else own_values(dossier, item, shown)
    return {
        "dossier": dossier,
        "item": item,
        "number": shown.number if shown else "",
        "clause_url": clause_url(item.clause) if item.clause_id else "",
        "wordings": wordings if len(wordings) > 1 else [],
        "values": values,
        "is_newer": has_newer(item),
    }


def own_values(dossier: Dossier, item: DossierItem, shown) -> list[dict[str, Any]]:
    """What this item says otherwise than the dossier."""
    own = {(row.key, row.label): row.value for row in dossier.values.filter(item=item)}
    return [
        {
            "place": place,
            "key": row["key"],
            "label": row["label"],
            "item": item.pk,
            "words": row["label"][:1].upper() + row["label"][1:],
            "value": own.get((row["key"], row["label"]), ""),
            "inherited": shown.values.get(row["key"], ""),
            "guidance": row.get("guidance", ""),
        }
        for place, row in enumerate(item.variables)
    ]


@require_POST
def item_wording(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    item = get_item_or_404(request.user, dossier, item_pk)
    chosen = request.POST.get("wording", "")[:40]
    try:
        choose_wording(item=item, actor=request.user, wording_key=chosen, expected=version_of(request))
    except Conflict as caught:
        return wording_conflict(request, dossier, caught, chosen)
    return done(request, at(item), _("La rédaction est choisie."))


def wording_conflict(request: HttpRequest, dossier: Dossier, conflict: Conflict, chosen: str) -> HttpResponse:
    """The page of the text as it is now, the wording that was chosen beside it; nothing is taken yet."""
    item = conflict.current
    content = taken_content(item)
    context = item_context(request, dossier, item)
    if content is not None:
        changes = changes_since(item, take(content, chosen))
        field = {"label": _("La rédaction choisie"), "stored": item.text, "changes": changes}
        context["conflict"] = {"message": conflict.message, "who": item.edited_by, "fields": [field]}
    form = ItemForm(dossier=dossier, item=item)
    return render_form(request, "dossiers/item_form.html", {**context, "chosen": chosen}, form, conflict)


def version_of(request: HttpRequest, name: str = "version") -> int | None:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None


@require_POST
def item_up(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    return moved(request, pk, item_pk, step=-1)


@require_POST
def item_down(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    return moved(request, pk, item_pk, step=1)


def moved(request: HttpRequest, pk: int, item_pk: int, *, step: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    item = get_item_or_404(request.user, dossier, item_pk)
    move_item(item=item, actor=request.user, step=step)
    words = _("« %(title)s » est monté d’un rang.") if step < 0 else _("« %(title)s » est descendu d’un rang.")
    return done(request, at(item), words % {"title": item.title})


@require_POST
def item_remove(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    item = get_item_or_404(request.user, dossier, item_pk)
    remove_item(item=item, actor=request.user)
    words = _("« %(title)s » est retiré : vous le retrouvez dans « Articles retirés ».")
    return done(request, dossier_url(pk), words % {"title": item.title})


@require_safe
def item_removed(request: HttpRequest, pk: int) -> HttpResponse:
    """What was taken out and may come back."""
    dossier = get_dossier_or_404(request.user, pk)
    context = {
        "dossier": dossier,
        "items": removed_items(request.user, dossier),
        "may_edit": permissions.can_edit_dossier(request.user, dossier),
    }
    return render(request, "dossiers/item_removed.html", context)


@require_POST
def item_restore(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    item = get_item_or_404(request.user, dossier, item_pk)
    restore_item(item=item, actor=request.user)
    return done(request, at(item), _("« %(title)s » est revenu dans le dossier.") % {"title": item.title})


@require_http_methods(["GET", "HEAD", "POST"])
def item_version(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """What the dossier took beside what the library says now; taking it, or keeping what is there."""
    dossier = get_dossier_or_404(request.user, pk)
    item, refusal = get_item_or_404(request.user, dossier, item_pk), None
    if request.method == "POST":
        try:
            words = settled(request, item)
        except Conflict as caught:
            item, refusal = caught.current, caught
        else:
            return done(request, at(item), words)
    # As on the page: what a clause of a closed space says today is for who may enter it today.
    newer = has_newer(item) and can_view_clause(request.user, item.clause)
    present = version_content(item.clause, item.clause.version) if newer else None
    context = {
        "dossier": dossier,
        "item": item,
        "present": item.clause.version if present else None,
        "changes": changes_since(item, take(present, item.wording_key)) if present else [],
        "may_edit": permissions.can_edit_dossier(request.user, dossier),
        "problem": refusal,
    }
    template = "dossiers/item_version.html#difference" if request.htmx else "dossiers/item_version.html"
    return render(request, template, context, status=refusal.status if refusal else 200)


def settled(request: HttpRequest, item: DossierItem) -> str:
    """`seen`: the number of the version that the page compared."""
    seen = version_of(request, "seen") or 0
    if "garder" in request.POST:
        keep_version(item=item, actor=request.user, seen=seen)
        return _("Le dossier garde sa version.")
    take_version(item=item, actor=request.user, expected=version_of(request), seen=seen)
    return _("Le dossier a pris la nouvelle version.")


def changes_since(item: DossierItem, taken: Taken) -> list[DiffLine]:
    """Variables by the same label on both sides: only what the contract would say differs."""
    variables = [*item.variables, *taken.variables]
    return diff_texts(named_text(item.text, variables), named_text(taken.text, variables))
