from dataclasses import dataclass
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core import contents, ports
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form
from community.core.guarded import Passage
from community.core.ratelimits import spend
from community.core.slugs import slug_of
from community.core.uploads.sent import with_stored_files
from community.reading.actions import discard_draft
from community.reading.selectors import drafts_of, get_draft
from community.spaces.models import Space
from community.taxonomy.suggest import suggest_families
from qa import limits
from qa.actions.ask import ask_question
from qa.actions.publish import publish_question
from qa.addresses import question_url
from qa.forms.question import QuestionForm, find_discussed
from qa.models import Question, ThreadKind, ThreadState
from qa.question_templates import TEMPLATES, find_template
from qa.selectors import get_question_or_404, vocabularies
from qa.selectors.audience import audience_sentence

from .preview import QuestionPreview, preview_of, preview_question

MIN_SIMILAR = 10
MAX_OTHERS = 3
MAX_SHOWN_DRAFTS = 5
MAX_TYPED = 160


@require_http_methods(["GET", "HEAD", "POST"])
def question_ask(request: HttpRequest) -> HttpResponse:
    """The form, its preview, the guard's questions and the publication: one address, without JavaScript too."""
    if request.method != "POST":
        form = QuestionForm(member=request.user, initial=initial_of(request))
        return ask_page(request, form)
    data, file_errors = with_stored_files(request, QuestionForm.decided(request.POST))
    form = QuestionForm(data, member=request.user)
    for error in file_errors:
        form.add_error("files", error)
    if "preview" in data or "mask" in data or "keep" in data:
        return check_page(request, form)
    if not form.is_valid():
        return ask_page(request, form)
    if not form.is_acknowledged and (passages := form.passages()):
        return ask_page(request, form, passages=passages)
    try:
        question = publish(request, form)
    except Refused as refusal:
        add_refusal(form, refusal)
        return ask_page(request, form, refusal=refusal)
    return asked(request, question)


@require_POST
def question_preview(request: HttpRequest) -> HttpResponse:
    """The same form, looked at before it is published."""
    data, file_errors = with_stored_files(request, QuestionForm.decided(request.POST))
    form = QuestionForm(data, member=request.user)
    for error in file_errors:
        form.add_error("files", error)
    return check_page(request, form)


def publish(request: HttpRequest, form: QuestionForm) -> Question:
    data = form.cleaned_data
    return ask_question(
        actor=request.user,
        kind=data["kind"],
        title=data["title"],
        body=data["body"],
        tried=data["tried"],
        space=data["space"],
        filing=form.filing(),
        tags=form.tag_names(),
        naming=data["naming"] or "name",
        publish_after=form.embargo(),
        pinned_until=data["pinned_until"],
        client_token=data["client_token"],
        about=form.about_key(),
    )


def asked(request: HttpRequest, question: Question) -> HttpResponse:
    discard_draft(actor=request.user, key=draft_key_in(request.POST))
    message = _("Question publiée.")
    if question.state == ThreadState.EMBARGOED:
        message = _("Question gardée pour vous jusqu’à l’attribution. Sans votre clic, elle ne paraît pas.")
    return done(request, question_url(question), message, draft=local_draft_key(request))


@dataclass(frozen=True, slots=True)
class Help:
    """What the page proposes while one writes."""

    similar: dict
    families: list
    audience: str


def ask_page(
    request: HttpRequest,
    form: QuestionForm,
    *,
    passages: list[Passage] = (),
    refusal: Refused | None = None,
    preview: QuestionPreview | None = None,
    families: list = (),
) -> HttpResponse:
    key = draft_key_in(request.POST) or draft_key_in(request.GET, name="brouillon") or f"question:{uuid4().hex[:16]}"
    context = {
        "passages": passages,
        "preview": preview,
        "help": Help(similar_to(request, title_in(form)), families, audience_sentence(space_in(form))),
        "templates": TEMPLATES,
        "draft_key": key,
        "local_draft_key": local_draft_key(request),
        "drafts": [each for each in drafts_of(request.user) if each.key.startswith("question:") and each.key != key][
            :MAX_SHOWN_DRAFTS
        ],
    }
    return render_form(request, "qa/question_ask.html", context, form, refusal)


def check_page(request: HttpRequest, form: QuestionForm) -> HttpResponse:
    """What the question will look like, what to read again in it, and families that fit what it says."""
    if "preview" not in form.data:
        spend(limits.PREVIEW, actor=request.user)
    preview, refusal = preview_of(request, form, lambda: preview_question(form, request.user))
    cpv = str(form.data.get("cpv", ""))[:12]
    text = f"{title_in(form)} {form.data.get('body', '')[:500]}".strip()
    families = suggest_families(cpv=cpv, text=text) if preview and not form.cleaned_data["family"] else []
    return ask_page(request, form, passages=form.passages(), refusal=refusal, preview=preview, families=families)


def initial_of(request: HttpRequest) -> dict:
    """From a draft, from an outline, or from the page that led here."""
    known = QuestionForm.base_fields.keys() - {"client_token", "files"}
    draft = get_draft(request.user, draft_key_in(request.GET, name="brouillon"))
    if draft is not None:
        return {name: value for name, value in draft.fields.items() if name in known and isinstance(value, str)}
    template = find_template(request.GET.get("modele", ""))
    if template is not None:
        return {name: getattr(template, name) for name in ("title", "body", "stage", "kind", "attach")}
    initial = {"title": request.GET.get("titre", "")[:200], "body": request.GET.get("texte", "")[:4000]}
    if discussed := find_discussed(request.user, request.GET.get("sujet", "")[:60]):
        return discussion_of(discussed)
    typed = request.GET.get("espace", "")[:80]
    if typed:
        # Absent, forbidden and closed to questions are the same: the open community.
        places = Space.objects.askable_by(request.user).filter(slug__in=[typed, slug_of(typed)])
        initial["space"] = places.order_by("pk").values_list("pk", flat=True).first()
    slug = vocabularies.family_slug(request.GET.get("famille", "")[:MAX_TYPED])
    if slug:
        initial["family"] = next(family["pk"] for family in vocabularies.families() if family["slug"] == slug)
    return initial


def discussion_of(discussed) -> dict:
    """A thread about a content, as the page of that content begins it."""
    kind = contents.kind_of(discussed)
    return {
        "kind": ThreadKind.DISCUSSION,
        "about": f"{kind.name}:{discussed.pk}",
        "title": (_("À propos de «\u202f%(title)s\u202f»") % {"title": kind.title(discussed)})[:200],
        "space": kind.space_id(discussed),
    }


def draft_key_in(data, *, name: str = "draft") -> str:
    """The draft that a form says it is; of another form, it is none."""
    key = data.get(name, "")
    return key if key.startswith("question:") and len(key) <= 60 else ""


def local_draft_key(request: HttpRequest) -> str:
    """Under which name this browser keeps the text when the server could not: one member's, one form's."""
    return f"{request.user.public_id}:question"


def title_in(form: QuestionForm) -> str:
    return str(form["title"].value() or "")[:200]


def space_in(form: QuestionForm):
    value = str(form["space"].value() or "")
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        return None
    return form.fields["space"].queryset.filter(pk=value).first()


def similar_to(request: HttpRequest, title: str) -> dict[str, list[dict]]:
    """Questions already asked, clauses and articles that may answer the one being written."""
    if len(title) < MIN_SIMILAR:
        return {}
    found = ports.similar_of_kinds(request.user, ("question", "clause", "legal_provision"), title)
    questions = [
        {"title": question.title, "url": question_url(question), "answers": question.answer_count,
         "resolved": question.is_resolved}
        for question in found["question"]
    ]  # fmt: skip
    others = {kind: [shown(kind, each) for each in found[kind][:MAX_OTHERS]] for kind in ("clause", "legal_provision")}
    return {"questions": questions, "clauses": others["clause"], "articles": others["legal_provision"]}


def shown(kind: str, each) -> dict:
    registered = contents.get(kind)
    details = registered.details(each) if registered.details else []
    return {"title": str(registered.title(each)), "url": registered.url(each), "details": " · ".join(details)}


@require_safe
def question_similar(request: HttpRequest) -> HttpResponse:
    """While the title is typed."""
    spend(limits.SUGGEST, actor=request.user)
    rows = similar_to(request, request.GET.get("title", "")[:200])
    return render(request, "qa/_similar.html", {"similar": rows})


@require_safe
def question_audience(request: HttpRequest) -> HttpResponse:
    """Who will read, while the place is chosen; only places where the member may ask are told of."""
    spend(limits.SUGGEST, actor=request.user)
    form = QuestionForm(member=request.user, initial={"space": request.GET.get("space", "")})
    return render(request, "qa/_audience.html", {"audience": audience_sentence(space_in(form))})


@require_safe
def question_templates(request: HttpRequest) -> HttpResponse:
    return render(request, "qa/question_templates.html", {"templates": TEMPLATES})


@require_POST
def question_publish(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_question_or_404(request.user, pk)
    question = publish_question(question=question, actor=request.user)
    return done(request, question_url(question), _("Question publiée."))
