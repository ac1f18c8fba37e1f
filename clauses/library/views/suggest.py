"""Proposing changes to a clause, and deciding on each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clauses.library import permissions
from clauses.library.actions.suggest import (
    Decision,
    decide_hunks,
    publish_suggestion,
    revert_decision,
    send_suggestion,
    withdraw_suggestion,
)
from clauses.library.addresses import clause_url, suggestion_url
from clauses.library.checks import Verdict, check_content, verdicts
from clauses.library.content import to_content
from clauses.library.forms.suggestion import (
    DecisionForm,
    Paragraph,
    SuggestionForm,
    changes_in,
    read_paragraphs,
)
from clauses.library.hunks import apply_hunks, paragraphs_of
from clauses.library.models import Clause, EditSuggestion, Hunk, HunkState, SuggestionState
from clauses.library.selectors.clause import get_clause_or_404
from clauses.library.selectors.suggestion import (
    HunkRow,
    get_suggestion_or_404,
    html_of,
    hunk_rows,
    open_suggestions,
)
from clauses.library.vocabularies import ClauseState
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form
from community.members.display import displayed
from community.reading.actions import discard_draft
from community.reading.selectors import get_draft

LOOKING = ("ouvrir", "ajouter", "verifier")


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Each paragraph opens on its own; without JavaScript, by a button that sends the page."""
    clause = get_clause_or_404(request.user, pk)
    permissions.require(permissions.can_suggest(request.user, clause))
    content = to_content(clause)
    data = request.POST if request.method == "POST" else draft_values(request, clause)
    paragraphs = read_paragraphs(paragraphs_of(content), data)
    if request.method != "POST" or any(name in data for name in LOOKING):
        initial = {"base_version": data.get("base_version") or clause.version, "message": data.get("message", "")}
        if token := data.get("client_token"):
            initial["client_token"] = token
        return create_page(request, clause, content, paragraphs, SuggestionForm(initial=initial))
    form = SuggestionForm(request.POST)
    refusal = None
    if form.is_valid():
        try:
            suggestion = send_suggestion(
                clause=clause,
                actor=request.user,
                changes=changes_in(paragraphs),
                base_version=form.cleaned_data["base_version"],
                message=form.cleaned_data["message"],
                client_token=form.cleaned_data["client_token"],
            )
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            discard_draft(actor=request.user, key=draft_key(clause))
            kept = local_key(request, clause)
            return done(request, suggestion_url(suggestion), _("Modification proposée."), draft=kept)
    return create_page(request, clause, content, paragraphs, form, refusal)


def create_page(
    request: HttpRequest,
    clause: Clause,
    content: dict,
    paragraphs: dict[str, list[Paragraph]],
    form: SuggestionForm,
    refusal: Refused | None = None,
) -> HttpResponse:
    others = open_suggestions(request.user, clause)
    show_paragraphs(paragraphs, content, others)
    titles = {wording["key"]: wording["title"] for wording in content["wordings"]}
    changed = sum(row.is_changed for rows in paragraphs.values() for row in rows)
    context = {
        "clause": clause,
        "back_url": clause_url(clause),
        "wordings": [{"key": key, "title": titles[key], "rows": rows} for key, rows in paragraphs.items()],
        "changed": changed,
        "verdicts": after_changes(content, paragraphs) if changed else [],
        "others": [other_row(each) for each in others],
        "draft_key": draft_key(clause),
        "local_draft_key": local_key(request, clause),
    }
    return render_form(request, "clauses/suggest.html", context, form, refusal)


def show_paragraphs(paragraphs: dict[str, list[Paragraph]], content: dict, others: list[EditSuggestion]) -> None:
    """What each paragraph says, and who already proposes to change it."""
    proposed: dict[tuple[str, str], list[dict]] = {}
    for each in others:
        for hunk in each.hunks.all():
            if hunk.state == HunkState.PENDING:
                row = {"url": suggestion_url(each), "name": displayed(each.author).name}
                proposed.setdefault((hunk.wording_key, hunk.before), []).append(row)
    for rows in paragraphs.values():
        for row in rows:
            if not row.added:
                row.html = mark_safe(html_of(row.before, content))  # noqa: S308  sanitised by the renderer
                row.others = proposed.get((row.wording_key, row.before), [])


def after_changes(content: dict, paragraphs: dict[str, list[Paragraph]]) -> list[Verdict]:
    hunks = [
        Hunk(
            wording_key=row.wording_key,
            position=row.number,
            kind="add" if row.added else "change" if row.after.strip() else "remove",
            before=row.before if not row.added else before_of(content, row),
            after=row.after.strip(),
        )
        for rows in paragraphs.values()
        for row in rows
        if row.is_changed
    ]
    changed = apply_hunks(content, hunks)
    return verdicts(changed, check_content(changed))


def before_of(content: dict, row: Paragraph) -> str:
    return paragraphs_of(content)[row.wording_key][row.number - 1] if row.number else ""


def other_row(suggestion: EditSuggestion) -> dict:
    return {
        "url": suggestion_url(suggestion),
        "name": displayed(suggestion.author).name,
        "count": sum(hunk.state == HunkState.PENDING for hunk in suggestion.hunks.all()),
        "day": suggestion.created_at,
    }


def draft_key(clause: Clause) -> str:
    return f"suggestion:{clause.pk}"


def local_key(request: HttpRequest, clause: Clause) -> str:
    return f"{request.user.public_id}:{draft_key(clause)}"


def draft_values(request: HttpRequest, clause: Clause) -> dict[str, str]:
    draft = get_draft(request.user, draft_key(clause)) if "brouillon" in request.GET else None
    fields = draft.fields if draft else {}
    left_out = ("client_token", "csrfmiddlewaretoken", *LOOKING)
    return {name: value for name, value in fields.items() if name not in left_out and isinstance(value, str)}


@require_http_methods(["GET", "HEAD", "POST"])
def clause_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """The changes one by one; whoever may decide keeps decisions for later, or publishes those taken."""
    suggestion = get_suggestion_or_404(request.user, pk)
    may_decide = permissions.can_decide(request.user, suggestion)
    content = to_content(suggestion.clause)
    rows = hunk_rows(suggestion, content)
    data = request.POST if request.method == "POST" else None
    if data is not None:
        permissions.require(may_decide)
    for row in rows:
        if may_decide and row.is_pending and suggestion.state == SuggestionState.OPEN:
            row.form = DecisionForm(data, stale=row.stale, prefix=f"h{row.hunk.pk}", initial={"text": row.hunk.after})
    page = SuggestionForm(initial={"base_version": suggestion.clause.version})
    refusal = None
    if data is not None and all(row.form is None or row.form.is_valid() for row in rows):
        try:
            return decided(request, suggestion, rows)
        except Refused as caught:
            refusal = caught
            page = SuggestionForm({"base_version": suggestion.clause.version})
            page.add_error(None, caught.message)
    return suggestion_page(request, suggestion, content, rows, page, refusal)


def decided(request: HttpRequest, suggestion: EditSuggestion, rows: list[HunkRow]) -> HttpResponse:
    decisions = {row.hunk.pk: decision for row in rows if row.form and (decision := decision_in(row.form))}
    if decisions:
        decide_hunks(suggestion=suggestion, actor=request.user, decisions=decisions)
    if "publish" not in request.POST:
        return done(request, suggestion_url(suggestion), _("Décisions enregistrées."))
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    version = publish_suggestion(suggestion=suggestion, actor=request.user, seen=number)
    return done(request, clause_url(version.clause), _("Version %(number)d publiée.") % {"number": version.number})


def decision_in(form: DecisionForm) -> Decision | None:
    values = form.cleaned_data
    if not values["state"]:
        return None
    return Decision(state=values["state"], text=values.get("text", ""), reply=values["reply"])


def suggestion_page(
    request: HttpRequest,
    suggestion: EditSuggestion,
    content: dict,
    rows: list[HunkRow],
    page: SuggestionForm,
    refusal: Refused | None,
) -> HttpResponse:
    clause = suggestion.clause
    taken = [row.hunk for row in rows if row.is_taken and row.hunk.published_version is None and not row.stale]
    after = apply_hunks(content, taken)
    may_decide = permissions.can_decide(request.user, suggestion) and clause.state != ClauseState.ARCHIVED
    context = {
        "suggestion": suggestion,
        "clause": clause,
        "author": displayed(suggestion.author),
        "back_url": clause_url(clause),
        "rows": rows,
        "may_decide": may_decide and suggestion.state != SuggestionState.WITHDRAWN,
        "may_withdraw": permissions.can_withdraw(request.user, suggestion) and is_open(suggestion),
        "next_version": clause.version + 1,
        "counts": {
            "taken": len(taken),
            "pending": sum(row.is_pending and not row.stale for row in rows),
            "stale": sum(row.stale for row in rows),
        },
        "verdicts": verdicts(after, check_content(after)) if may_decide else [],
        "others": [other_row(each) for each in open_suggestions(request.user, clause, but=suggestion.pk)],
    }
    return render_form(request, "clauses/suggestion.html", context, page, refusal)


def is_open(suggestion: EditSuggestion) -> bool:
    return suggestion.state == SuggestionState.OPEN and suggestion.published_version is None


@require_POST
def hunk_revert(request: HttpRequest, pk: int, hunk_pk: int) -> HttpResponse:
    suggestion = get_suggestion_or_404(request.user, pk)
    hunk = suggestion.hunks.filter(pk=hunk_pk).first()
    if hunk is None:
        raise Http404
    revert_decision(hunk=hunk, actor=request.user)
    return done(request, suggestion_url(suggestion), _("Décision annulée : ce changement est de nouveau à décider."))


@require_POST
def suggestion_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    suggestion = get_suggestion_or_404(request.user, pk)
    withdraw_suggestion(suggestion=suggestion, actor=request.user)
    return done(request, clause_url(suggestion.clause), _("Proposition retirée."))
