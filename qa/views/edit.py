from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form
from community.core.uploads.sent import with_stored_files
from community.reading.actions import discard_draft
from community.reading.selectors import get_draft
from qa import permissions
from qa.actions.edit import edit_answer, edit_question
from qa.addresses import answer_url, question_url
from qa.forms.answer import AnswerEditForm
from qa.forms.question import QuestionEditForm
from qa.models import Answer, Question
from qa.selectors import get_answer_or_404, get_question_or_404

from .preview import preview_edit, preview_of


@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_question_or_404(request.user, pk)
    permissions.require(permissions.can_edit(request.user, question))
    if request.method != "POST":
        initial = QuestionEditForm.values_of(question) | draft_values(request, question, QuestionEditForm)
        return edit_page(request, question, QuestionEditForm(member=request.user, initial=initial))
    data, file_errors = with_stored_files(request, QuestionEditForm.decided(request.POST))
    form = QuestionEditForm(data, member=request.user)
    return save_or_show(request, question, form, file_errors, save_question)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    answer = get_answer_or_404(request.user, pk)
    permissions.require(permissions.can_edit(request.user, answer))
    if request.method != "POST":
        initial = {"body": answer.body} | draft_values(request, answer, AnswerEditForm)
        return edit_page(request, answer, AnswerEditForm(initial=initial))
    data, file_errors = with_stored_files(request, AnswerEditForm.decided(request.POST))
    return save_or_show(request, answer, AnswerEditForm(data), file_errors, save_answer)


def save_or_show(
    request: HttpRequest, post: Question | Answer, form, file_errors: list[ValidationError], save
) -> HttpResponse:
    for error in file_errors:
        form.add_error("files", error)
    decided = form.data.keys() & {"preview", "mask", "keep"}
    if decided or not form.is_valid() or (not form.is_acknowledged and form.passages()):
        return edit_page(request, post, form)
    try:
        saved = save(request, post, form)
    except Refused as refusal:
        add_refusal(form, refusal)
        return edit_page(request, post, form, refusal=refusal)
    discard_draft(actor=request.user, key=draft_key_of(post))
    url = answer_url(saved) if isinstance(saved, Answer) else question_url(saved)
    message = _("Réponse modifiée.") if isinstance(post, Answer) else _("Question modifiée.")
    return done(request, url, message, draft=f"{request.user.public_id}:{draft_key_of(post)}")


def save_question(request: HttpRequest, question: Question, form: QuestionEditForm) -> Question:
    data = form.cleaned_data
    return edit_question(
        question=question,
        actor=request.user,
        title=data["title"],
        body=data["body"],
        tried=data["tried"],
        filing=form.filing(),
        tags=form.tag_names(),
        reason=data["reason"],
        expected_edits=data["edits"],
    )


def save_answer(request: HttpRequest, answer: Answer, form: AnswerEditForm) -> Answer:
    data = form.cleaned_data
    return edit_answer(
        answer=answer,
        actor=request.user,
        body=data["body"],
        reason=data["reason"],
        expected_edits=data["edits"],
    )


def edit_page(request: HttpRequest, post: Question | Answer, form, *, refusal: Refused | None = None) -> HttpResponse:
    preview, wrong = preview_of(request, form, lambda: preview_edit(post, form.cleaned_data["body"], request.user))
    is_answer = isinstance(post, Answer)
    question = post.question if is_answer else post
    context = {
        "question": question,
        "question_url": question_url(question),
        "back_url": answer_url(post) if is_answer else question_url(post),
        "passages": form.passages() if form.is_bound else [],
        "preview": preview,
        "draft_key": draft_key_of(post),
        "edits": edits_of(post),
    }
    page = "qa/answer_edit.html" if is_answer else "qa/question_edit.html"
    return render_form(request, page, context, form, refusal or wrong)


def edits_of(post: Question | Answer) -> int:
    """As many as now, for the editor has just been told of those made meanwhile."""
    post.refresh_from_db(fields=["edit_count"])
    return post.edit_count


def draft_key_of(post: Question | Answer) -> str:
    return f"edit:{'answer' if isinstance(post, Answer) else 'question'}:{post.pk}"


def draft_values(request: HttpRequest, post: Question | Answer, form_class) -> dict:
    """The member's own unfinished changes, when she comes back to them from the list of drafts."""
    draft = get_draft(request.user, draft_key_of(post)) if "brouillon" in request.GET else None
    if draft is None:
        return {}
    known = form_class.base_fields.keys() - {"files", "edits"}
    return {name: value for name, value in draft.fields.items() if name in known and isinstance(value, str)}
