"""The page of those who answer for a clause, and its acts; the list of what waits to be read again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clauses.library import permissions
from clauses.library.actions.publish import publish_clause
from clauses.library.actions.review import consolidate_clause, send_back
from clauses.library.actions.state import archive_clause, hide_clause, mark_obsolete, restore_clause, unhide_clause
from clauses.library.addresses import address, clause_url
from clauses.library.checks import check_content, verdicts
from clauses.library.content import to_content
from clauses.library.forms.acts import (
    BareForm,
    ConsolidateForm,
    HideForm,
    ObsoleteForm,
    PublishForm,
    SendBackForm,
)
from clauses.library.models import Clause
from clauses.library.selectors.clause import get_clause_or_404
from clauses.library.selectors.review import reviews_of, suggestions_to_decide, waiting_clauses
from clauses.library.vocabularies import ClauseState, Consolidation
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form

GIVEN = (Consolidation.PEER, Consolidation.NETWORK, Consolidation.JURIST)


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act of the page: its form, whether it is offered, what it does and says once done."""

    name: str
    title: str
    submit: str
    form: forms.Form
    run: Callable[[dict[str, Any]], Any]
    said: str
    danger: bool = False


@require_safe
def clause_review_list(request: HttpRequest) -> HttpResponse:
    """What waits for this member: texts to read again, and changes proposed on those she answers for."""
    rows, suggestions = waiting_clauses(request.user), suggestions_to_decide(request.user)
    return render(request, "clauses/review_list.html", {"rows": rows, "suggestions": suggestions})


@require_http_methods(["GET", "HEAD", "POST"])
def clause_manage(request: HttpRequest, pk: int) -> HttpResponse:
    """Every act the member may do on the clause; each posts its own name in `act`."""
    clause = get_clause_or_404(request.user, pk)
    acts = acts_on(request, clause)
    correct = permissions.can_correct_proposal(request.user, clause)
    permissions.require(bool(acts) or correct)
    refusal, failed = None, None
    if request.method == "POST":
        failed = next((act for act in acts if act.name == request.POST.get("act")), None)
        if failed is None:
            raise Http404
        if failed.form.is_valid():
            try:
                failed.run(failed.form.cleaned_data)
            except Refused as caught:
                refusal = caught
                add_refusal(failed.form, caught)
            else:
                return done(request, place_after(request, clause), failed.said)
    content = to_content(clause)
    context = {
        "clause": clause,
        "back_url": clause_url(clause),
        "acts": acts,
        "correct_url": address("clause_correct", pk=clause.pk) if correct and may_write(clause) else "",
        "verdicts": verdicts(content, check_content(content)),
        "reviews": reviews_of(clause),
    }
    return render_form(request, "clauses/manage.html", context, failed.form if failed else BareForm(), refusal)


def may_write(clause: Clause) -> bool:
    return clause.state != ClauseState.ARCHIVED


def place_after(request: HttpRequest, clause: Clause) -> str:
    """The clause, unless the act took it out of the member's sight."""
    clause.refresh_from_db()
    if permissions.can_view_clause(request.user, clause):
        return clause_url(clause)
    return address("clause_review_list")


def acts_on(request: HttpRequest, clause: Clause) -> list[Act]:
    data = request.POST if request.method == "POST" else None
    return [
        *review_acts(request.user, clause, data),
        *edit_acts(request.user, clause, data),
        *moderation_acts(request.user, clause, data),
    ]


def bound(form_class: type[forms.Form], name: str, data, **kwargs) -> forms.Form:
    own = data if data is not None and data.get("act") == name else None
    return form_class(own, prefix=None, auto_id=f"{name}-%s", **kwargs)


def review_acts(member, clause: Clause, data) -> list[Act]:
    levels = [level for level in GIVEN if permissions.can_consolidate(member, clause, level)]
    if not levels or clause.state not in (ClauseState.IN_REVIEW, ClauseState.PUBLISHED):
        return []
    initial = {"version": clause.version, "review_by": clause.review_by, "level": levels[-1]}
    return [
        Act(
            name="consolidate",
            title=_("Dire que vous l’avez relue"),
            submit=_("Enregistrer la relecture"),
            said=_("Relecture enregistrée."),
            form=bound(ConsolidateForm, "consolidate", data, levels=levels, initial=initial),
            run=lambda values: consolidate_clause(clause=clause, actor=member, **changed_date(values, clause)),
        )
    ]


def changed_date(values: dict[str, Any], clause: Clause) -> dict[str, Any]:
    """A date left as it was is no date given."""
    return {**values, "review_by": None if values["review_by"] == clause.review_by else values["review_by"]}


def edit_acts(member, clause: Clause, data) -> list[Act]:
    if not permissions.can_edit_clause(member, clause):
        return []
    acts = []
    if clause.state in (ClauseState.DRAFT, ClauseState.IN_REVIEW):
        acts.append(
            Act(
                name="publish",
                title=_("Publier"),
                submit=_("Publier la clause"),
                said=_("Clause publiée."),
                form=bound(PublishForm, "publish", data),
                run=lambda values: publish_clause(clause=clause, actor=member, note=values["note"]),
            )
        )
    if clause.state == ClauseState.IN_REVIEW:
        acts.append(
            Act(
                name="send_back",
                title=_("Demander des corrections"),
                submit=_("Renvoyer à son auteur ou autrice"),
                said=_("Clause renvoyée pour correction."),
                form=bound(SendBackForm, "send_back", data),
                run=lambda values: send_back(clause=clause, actor=member, note=values["note"]),
            )
        )
    return acts + life_acts(member, clause, data)


def life_acts(member, clause: Clause, data) -> list[Act]:
    acts = []
    if clause.state == ClauseState.PUBLISHED:
        acts.append(
            Act(
                name="obsolete",
                title=_("Déclarer obsolète"),
                submit=_("Déclarer obsolète"),
                said=_("Clause déclarée obsolète."),
                form=bound(ObsoleteForm, "obsolete", data, member=member),
                run=lambda values: mark_obsolete(clause=clause, actor=member, replaced_by=values["replaced_by"]),
            )
        )
    if clause.state in (ClauseState.OBSOLETE, ClauseState.ARCHIVED):
        acts.append(
            Act(
                name="restore",
                title=_("Rétablir"),
                submit=_("Rétablir la clause"),
                said=_("Clause rétablie."),
                form=bound(BareForm, "restore", data),
                run=lambda values: restore_clause(clause=clause, actor=member),
            )
        )
    if clause.state != ClauseState.ARCHIVED:
        acts.append(
            Act(
                name="archive",
                title=_("Archiver"),
                submit=_("Archiver la clause"),
                said=_("Clause archivée."),
                form=bound(BareForm, "archive", data),
                run=lambda values: archive_clause(clause=clause, actor=member),
                danger=True,
            )
        )
    return acts


def moderation_acts(member, clause: Clause, data) -> list[Act]:
    if not permissions.can_moderate(member, clause):
        return []
    if clause.hidden_at is None:
        return [
            Act(
                name="hide",
                title=_("Masquer"),
                submit=_("Masquer la clause"),
                said=_("Clause masquée."),
                form=bound(HideForm, "hide", data),
                run=lambda values: hide_clause(clause=clause, actor=member, reason=values["reason"]),
                danger=True,
            )
        ]
    return [
        Act(
            name="unhide",
            title=_("Montrer à nouveau"),
            submit=_("Montrer la clause"),
            said=_("Clause de nouveau visible."),
            form=bound(BareForm, "unhide", data),
            run=lambda values: unhide_clause(clause=clause, actor=member),
        )
    ]
