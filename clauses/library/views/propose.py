"""The guided form: contributing, correcting what is not published, writing another version of what is."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clauses.library import limits, permissions
from clauses.library.actions.propose import correct_proposal, edit_clause, propose_clause
from clauses.library.actions.publish import NotPublishable
from clauses.library.addresses import clause_url
from clauses.library.checks import check_content, refusals_among, verdicts
from clauses.library.content import render_wordings, to_content
from clauses.library.forms.clause import ClauseForm, EditForm, ProposalForm
from clauses.library.forms.initial import initial_from, initial_from_draft
from clauses.library.models import Clause
from clauses.library.selectors.clause import get_clause_or_404
from clauses.library.vocabularies import ClauseState
from community.core import ports
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form
from community.core.ratelimits import spend
from community.reading.actions import discard_draft
from community.reading.selectors import get_draft

MIN_SIMILAR = 10
NOT_PUBLISHED = (ClauseState.DRAFT, ClauseState.IN_REVIEW)


@require_http_methods(["GET", "HEAD", "POST"])
def clause_propose(request: HttpRequest) -> HttpResponse:
    """The form, its rows, its preview, the guard's questions and the sending: one address, without JavaScript too."""
    permissions.require(permissions.can_propose_clause(request.user))
    key = draft_key(request)
    page = {"draft_key": key, "mode": "propose"}
    if request.method != "POST":
        draft = get_draft(request.user, key)
        initial = initial_from_draft(draft.fields) if draft else {"space": known_space(request)}
        return form_page(request, ProposalForm(initial=initial, member=request.user), page)
    if "add" in request.POST:
        return grown(request, ProposalForm, page)
    form = ProposalForm(ProposalForm.decided(request.POST), member=request.user)
    refusal = looked_at(form)
    if refusal is None and not must_read_again(form):
        try:
            clause = propose_clause(
                actor=request.user,
                content=form.content(),
                space=form.cleaned_data["space"],
                naming=form.cleaned_data["naming"],
                client_token=form.cleaned_data["client_token"],
            )
        except Refused as caught:
            refusal = refused(form, caught)
        else:
            discard_draft(actor=request.user, key=key)
            return done(request, clause_url(clause), _("Clause envoyée en relecture."), draft=local_key(request))
    return form_page(request, form, page, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def clause_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Before publication, its author and those who answer for it; after, those who answer for it: another version."""
    clause = get_clause_or_404(request.user, pk)
    if clause.state in NOT_PUBLISHED:
        permissions.require(permissions.can_correct_proposal(request.user, clause))
        return edit_page(request, clause, ClauseForm)
    permissions.require(permissions.can_edit_clause(request.user, clause))
    return edit_page(request, clause, EditForm)


def edit_page(request: HttpRequest, clause: Clause, form_class: type[ClauseForm]) -> HttpResponse:
    key = f"clause:{clause.pk}"
    page = {"draft_key": key, "mode": "edit" if form_class is EditForm else "correct", "clause": clause}
    kept = to_content(clause)
    if request.method != "POST":
        draft = get_draft(request.user, key) if "brouillon" in request.GET else None
        initial = initial_from_draft(draft.fields) if draft else initial_from(kept)
        return form_page(request, form_class(initial={**initial, "seen": clause.version}, member=request.user), page)
    if "add" in request.POST:
        return grown(request, form_class, page, seen=clause.version)
    form = form_class(form_class.decided(request.POST), member=request.user)
    refusal = looked_at(form)
    if refusal is None and not must_read_again(form):
        try:
            message = save(request, clause, form, form.content(kept={"is_sample": clause.is_sample}))
        except Refused as caught:
            refusal = refused(form, caught)
        else:
            discard_draft(actor=request.user, key=key)
            return done(request, clause_url(clause), message, draft=local_key(request, clause))
    return form_page(request, form, page, refusal)


def save(request: HttpRequest, clause: Clause, form: ClauseForm, content: dict[str, Any]) -> str:
    if not isinstance(form, EditForm):
        correct_proposal(clause=clause, actor=request.user, content=content)
        return _("Clause corrigée, elle attend sa relecture.")
    seen, note = form.cleaned_data["seen"], form.cleaned_data["note"]
    version = edit_clause(clause=clause, actor=request.user, content=content, seen=seen, note=note)
    return _("Version %(number)d publiée.") % {"number": version.number}


@require_POST
def clause_check(request: HttpRequest) -> HttpResponse:
    """The checklist and the variables of what is being written, while it is written; nothing is kept."""
    spend(limits.CHECK, actor=request.user)
    data, other_variables = ClauseForm.with_named_variables(request.POST)
    form = ClauseForm(data, member=request.user)
    context = {**checks_context(form, live=True), "form": form, "other_variables": other_variables}
    return render(request, "clauses/_live_checks.html", context)


def grown(request: HttpRequest, form_class: type[ClauseForm], page: dict, **initial) -> HttpResponse:
    """One row more, nothing checked yet."""
    data = {name: values if len(values) > 1 else values[0] for name, values in request.POST.lists()}
    values = initial_from_draft(data) | {"add": request.POST["add"], **initial}
    return form_page(request, form_class(initial=values, member=request.user), page)


def looked_at(form: ClauseForm) -> NotPublishable | None:
    """What the checklist refuses, beside its fields; unless something is wrong before that."""
    if not form.is_valid():
        return None
    found = refusals_among(check_content(form.content()))
    if not found:
        return None
    form.add_findings(found)
    return NotPublishable(found)


def must_read_again(form: ClauseForm) -> bool:
    if form.data.keys() & {"preview", "mask", "keep"} or not form.is_valid():
        return True
    return not form.is_acknowledged and bool(form.passages())


def refused(form: ClauseForm, refusal: Refused) -> Refused:
    if isinstance(refusal, NotPublishable):
        form.add_findings(refusal.findings)
    elif refusal.field == "links":
        form.add_error("link_0_reference", refusal.message)
    else:
        add_refusal(form, refusal)
    return refusal


def form_page(request: HttpRequest, form: ClauseForm, page: dict, refusal: Refused | None = None) -> HttpResponse:
    title = str(form["title"].value() or "")[:160]
    clause = page.get("clause")
    context = {
        **page,
        "passages": form.passages() if form.is_bound else [],
        "similar": similar_to(request, title) if clause is None else [],
        "back_url": clause_url(clause) if clause else "",
        "local_draft_key": local_key(request, clause),
        **(checks_context(form) if form.is_bound else {}),
    }
    return render_form(request, "clauses/propose.html", context, form, refusal)


def checks_context(form: ClauseForm, *, live: bool = False) -> dict[str, Any]:
    """While it is written, what is not written yet is no fault."""
    content = form.content()
    for number, wording in enumerate(content["wordings"]):
        wording["key"] = wording["key"] or f"redaction-{number}"
    findings = [each for each in check_content(content) if not (live and each.code.endswith("_missing"))]
    html = render_wordings(content) if "preview" in form.data else {}
    return {
        "verdicts": verdicts(content, findings),
        "previews": [mark_safe(each) for each in html.values()],  # noqa: S308  sanitised by the renderer
    }


def similar_to(request: HttpRequest, title: str) -> list[dict]:
    if len(title) < MIN_SIMILAR:
        return []
    found = ports.similar(request.user, "clause", title)
    return [{"title": each.title, "url": clause_url(each), "detail": each.get_document_display()} for each in found]


def draft_key(request: HttpRequest) -> str:
    """The draft that the form says it is; of another form, it is none."""
    key = request.POST.get("draft", "") or request.GET.get("brouillon", "")
    if key.startswith("clause:new-") and len(key) <= 60:
        return key
    return f"clause:new-{uuid4().hex[:16]}"


def local_key(request: HttpRequest, clause: Clause | None = None) -> str:
    """Under which name this browser keeps the text when the server could not."""
    return f"{request.user.public_id}:clause{f':{clause.pk}' if clause else ''}"


def known_space(request: HttpRequest) -> str:
    value = request.GET.get("espace", "")
    return value if value.isascii() and value.isdigit() and len(value) < 18 else ""
