"""The form of a report: begun, kept as a draft, previewed, published, put right; without JavaScript too."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clauses.library.models import Clause
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form
from community.core.ratelimits import spend
from community.core.uploads.sent import store_sent
from community.reading.actions import discard_draft
from community.reading.selectors import get_draft
from community.taxonomy.models import PurchaseFamily

from .. import limits, permissions
from ..actions import edit_experience, keep_draft, publish_experience
from ..addresses import experience_url
from ..forms.experience import ExperienceForm, initial_of
from ..models import ExperienceReport
from ..selectors import get_experience_or_404
from ..selectors.experience import drafts_of, files_of
from .preview import preview_of


@require_http_methods(["GET", "HEAD", "POST"])
def experience_share(request: HttpRequest) -> HttpResponse:
    permissions.require(permissions.can_tell_in(request.user))
    if request.method != "POST":
        initial = kept_words(request, draft_key(request)) or first_words(request)
        return form_page(request, ExperienceForm(initial=initial, member=request.user))
    return answer(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def experience_edit(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_experience_or_404(request.user, pk)
    permissions.require(permissions.can_edit_experience(request.user, report))
    if request.method != "POST":
        initial = initial_of(report, files_of(report))
        if "brouillon" in request.GET:
            initial |= kept_words(request, draft_key(request, report))
        return form_page(request, ExperienceForm(initial=initial, member=request.user, report=report), report)
    return answer(request, report)


def answer(request: HttpRequest, report: ExperienceReport | None) -> HttpResponse:
    data = ExperienceForm.decided(request.POST)
    uploaded, errors = store_sent(request)
    data.setlist("file", [*data.getlist("file"), *(each.token for each in uploaded)])
    saves = "save" in data and (report is None or not report.is_published)
    looks = bool(data.keys() & {"preview", "mask", "keep"})
    form = ExperienceForm(data, member=request.user, report=report, must_be_whole=not saves and not looks)
    for error in errors:
        form.add_error("files", error)
    if looks:
        spend(limits.PREVIEW, actor=request.user)
        return form_page(request, form, report, with_preview=form.is_valid())
    if not form.is_valid():
        return form_page(request, form, report)
    if not saves and not form.is_acknowledged and form.passages():
        return form_page(request, form, report, with_preview=True)
    try:
        saved = save(request, form, report, as_draft=saves)
    except Refused as refusal:
        add_refusal(form, refusal)
        return form_page(request, form, report, refusal)
    discard_draft(actor=request.user, key=draft_key(request, report))
    if saves:
        url = reverse("experience_edit", args=[saved.pk])
        return done(request, url, _("Brouillon enregistré."), draft=local_key(request, report))
    said = _("Récit modifié.") if report is not None and report.is_published else _("Récit publié.")
    return done(request, experience_url(saved), said, draft=local_key(request, report))


def save(
    request: HttpRequest, form: ExperienceForm, report: ExperienceReport | None, *, as_draft: bool
) -> ExperienceReport:
    data, story = form.cleaned_data, form.story()
    if report is not None and report.is_published:
        return edit_experience(report=report, actor=request.user, story=story, seen=data["seen"] or 0)
    act = keep_draft if as_draft else publish_experience
    return act(
        actor=request.user,
        story=story,
        space=data["space"],
        report=report,
        seen=data["seen"] if report is not None else None,
        client_token=data["client_token"],
    )


def form_page(
    request: HttpRequest,
    form: ExperienceForm,
    report: ExperienceReport | None = None,
    refusal: Refused | None = None,
    *,
    with_preview: bool = False,
) -> HttpResponse:
    context = {
        "report": report,
        "passages": form.passages() if form.is_bound else [],
        "preview": preview_of(form, report) if with_preview else None,
        "kept_files": form.kept_files(),
        "drafts": [each for each in drafts_of(request.user) if report is None or each.pk != report.pk],
        "draft_key": draft_key(request, report),
        "local_draft_key": local_key(request, report),
        "back_url": experience_url(report) if report else reverse("experience_list"),
    }
    return render_form(request, "reports/experience_form.html", context, form, refusal)


def first_words(request: HttpRequest) -> dict[str, Any]:
    """From the page that led here: a clause that was used, a family."""
    initial: dict[str, Any] = {"year": None}
    typed = request.GET.get("clause", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 18:
        clause = Clause.objects.visible_to(request.user).filter(pk=typed).first()
        if clause is not None:
            initial |= {"clauses": clause.reference, "family": clause.family_id}
    if "famille" in request.GET and "family" not in initial:
        family = PurchaseFamily.objects.named(request.GET["famille"]).first()
        initial["family"] = family.pk if family else None
    member = request.user
    if member.organisation_id and member.organisation.territory_id:
        initial["territory"] = member.organisation.territory_id
    return initial


def kept_words(request: HttpRequest, key: str) -> dict[str, Any]:
    """What the browser saved while it was typed."""
    draft = get_draft(request.user, key)
    known = ExperienceForm.base_fields.keys() - {"client_token", "files", "seen"}
    if draft is None:
        return {}
    words = {name: value for name, value in draft.fields.items() if name in known}
    themes, tokens = words.get("themes", []), draft.fields.get("file", [])
    return words | {
        "themes": [themes] if isinstance(themes, str) else themes,
        "file": [tokens] if isinstance(tokens, str) else tokens,
    }


def draft_key(request: HttpRequest, report: ExperienceReport | None = None) -> str:
    """The draft that the form says it is; of another form, it is none."""
    if report is not None:
        return f"experience:{report.pk}"
    key = request.POST.get("draft", "") or request.GET.get("brouillon", "")
    if key.startswith("experience:new-") and len(key) <= 60:
        return key
    return f"experience:new-{uuid4().hex[:16]}"


def local_key(request: HttpRequest, report: ExperienceReport | None = None) -> str:
    """Under which name this browser keeps the text when the server could not."""
    return f"{request.user.public_id}:experience{f':{report.pk}' if report else ''}"
