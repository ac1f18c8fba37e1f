"""« Note pour mes élus »: written from a check, changed in a form, kept as a draft, taken away as a document."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form
from community.core.ratelimits import spend_reading
from community.core.slugs import slug_of
from community.reading.actions import discard_draft, save_draft
from community.reading.selectors import get_draft

from ..addresses import address, library_url
from ..exports.docx import CONTENT_TYPE as DOCX
from ..exports.docx import to_docx
from ..exports.odt import CONTENT_TYPE as ODT
from ..exports.odt import to_odt
from ..forms.note import NoteForm
from ..forms.obligations import ObligationsForm
from ..limits import NOTE
from ..notes.advice import advice_on
from ..notes.document import disclaimer, note_document
from ..notes.drafts import PREFIX
from ..notes.writing import Facts, Length, sources, write_note
from .obligations import answers_in
from .obligations_page import Answer, read_answer

WRITERS = {"word": (to_docx, DOCX, "docx"), "odt": (to_odt, ODT, "odt")}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def obligations_note(request: HttpRequest) -> HttpResponse:
    """The answers are in the address, as on the page of the check; without them there is nothing to write from."""
    data = answers_in(request)
    checked = ObligationsForm(data)
    if data is None or not checked.is_valid():
        typed = request.META.get("QUERY_STRING", "")
        return redirect(f"{address('obligations')}?{typed}" if typed else address("obligations"))
    query = checked.query()
    # Written for people outside: it names what anybody reads, whatever its author sees besides.
    facts = facts_of(read_answer(AnonymousUser(), checked))
    if request.method != "POST":
        return note_page(request, NoteForm(initial=initial_of(request, facts, query)), facts, query)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return note_page(request, form, facts, query)
    return act(request, form, facts, query)


def act(request: HttpRequest, form: NoteForm, facts: Facts, query: str) -> HttpResponse:
    wanted = request.POST.get("act", "")
    if wanted in WRITERS:
        return exported(request, form, facts, query)
    if wanted == "modele":
        if request.user.is_authenticated:
            discard_draft(actor=request.user, key=draft_key(query))
        length = request.POST.get("model_length", "")
        length = length if length in Length.values else Length.PAGE
        return note_page(request, NoteForm(initial=write_note(facts, length) | {"length": length}), facts, query)
    if wanted == "enregistrer" and request.user.is_authenticated:
        return kept(request, form, facts, query)
    return note_page(request, form, facts, query, preview=wanted == "apercu")


def kept(request: HttpRequest, form: NoteForm, facts: Facts, query: str) -> HttpResponse:
    try:
        save_draft(actor=request.user, key=draft_key(query), fields=form.texts() | {"query": query})
    except Refused as refusal:
        return given_back(request, form, facts, query, refusal)
    return done(request, f"{address('obligations_note')}?{query}", _("Note enregistrée dans vos brouillons."))


def exported(request: HttpRequest, form: NoteForm, facts: Facts, query: str) -> HttpResponse:
    try:
        spend_reading(NOTE, request)
    except Refused as refusal:
        return given_back(request, form, facts, query, refusal)
    return taken_away(form, facts, request.POST["act"])


def given_back(request: HttpRequest, form: NoteForm, facts: Facts, query: str, refusal: Refused) -> HttpResponse:
    add_refusal(form, refusal)
    return note_page(request, form, facts, query, refusal=refusal)


def taken_away(form: NoteForm, facts: Facts, wanted: str) -> HttpResponse:
    write, content_type, extension = WRITERS[wanted]
    response = HttpResponse(write(note_document(form.texts(), facts)), content_type=content_type)
    name = slug_of(form.texts()["title"], longest=60) or "note"
    prefix = "brouillon-" if facts.open_points else ""
    response["Content-Disposition"] = f'attachment; filename="{prefix}{name}.{extension}"'
    response["Cache-Control"] = "private, no-store"
    return response


def facts_of(answer: Answer) -> Facts:
    whole = [pair for pair in answer.pairs.pairs if pair.want == "condition"]
    return Facts(
        purchase=answer.purchase,
        family_label=answer.family.label if answer.family else "",
        findings=answer.findings,
        pair=whole[0] if whole else None,
        today=answer.today,
    )


def draft_key(query: str) -> str:
    """One note for one set of answers."""
    return f"{PREFIX}:{hashlib.sha256(query.encode()).hexdigest()[:16]}"


def initial_of(request: HttpRequest, facts: Facts, query: str) -> dict[str, str]:
    draft = get_draft(request.user, draft_key(query))
    if draft is None:
        return write_note(facts)
    return {name: draft.fields[name] for name in NoteForm.base_fields if isinstance(draft.fields.get(name), str)}


def note_page(
    request: HttpRequest,
    form: NoteForm,
    facts: Facts,
    query: str,
    *,
    preview: bool = False,
    refusal: Refused | None = None,
) -> HttpResponse:
    texts = form.texts()
    length = texts["length"] if texts["length"] in Length.values else Length.PAGE
    context = {
        "facts": facts,
        "advice": advice_on(texts, facts, length),
        "sources": sources(facts),
        "disclaimer": disclaimer(facts),
        "lengths": [{"value": value, "label": label, "checked": value == length} for value, label in Length.choices],
        "action": f"{address('obligations_note')}?{query}",
        "check_url": f"{address('obligations')}?{query}",
        "preview": preview_of(texts) if preview else None,
        "saved_at": saved_at(request, query),
        "today": timezone.localdate(),
        "needs_account": request.method == "POST" and request.POST.get("act") == "enregistrer",
        "breadcrumb": [
            {"label": _("Clauses"), "url": library_url()},
            {"label": _("Vérifier mes obligations"), "url": f"{address('obligations')}?{query}"},
            {"label": _("Note pour mes élus"), "url": ""},
        ],
    }
    return render_form(request, "clauses/obligations_note.html", context, form, refusal)


def saved_at(request: HttpRequest, query: str):
    draft = get_draft(request.user, draft_key(query))
    return draft.updated_at if draft else None


def preview_of(texts: dict[str, str]) -> dict:
    """The sections that are written, as lists of lines."""
    titles = {
        "summary": _("En bref"),
        "law": _("Ce que la loi demande"),
        "proposal": _("Ce que nous proposons"),
        "change": _("Ce que cela change pour le territoire"),
        "decision": _("La décision attendue"),
    }
    sections = [
        {"title": title, "lines": [line for line in texts[name].splitlines() if line.strip()], "is_list": name == "law"}
        for name, title in titles.items()
        if texts[name].strip()
    ]
    return {"title": texts["title"], "sender": texts["sender"], "recipient": texts["recipient"], "sections": sections}
