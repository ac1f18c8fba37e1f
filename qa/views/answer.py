from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form, sent
from community.core.uploads.sent import with_stored_files
from community.reading.actions import discard_draft, mark_read
from community.reading.selectors import read_position
from qa import permissions
from qa.actions.accept import accept_answer, withdraw_acceptance
from qa.actions.answer import post_answer
from qa.actions.doubt import doubt_answer, settle_doubt
from qa.actions.endorse import endorse_answer, withdraw_endorsement
from qa.addresses import answer_url, question_url
from qa.forms.acts import DoubtForm, EndorseForm
from qa.forms.answer import AnswerForm, ReplySurroundings, draft_key_of, reply_form
from qa.models import Answer, Question
from qa.selectors import get_answer_or_404, get_question_or_404
from qa.selectors.audience import audience_sentence
from qa.selectors.writing import get_doubt_or_404

from .preview import preview_answer, preview_of
from .support import ActPage, ask_before


@require_http_methods(["GET", "HEAD", "POST"])
def answer_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The reply form has its place under the thread; alone on its page when it comes back or is previewed."""
    question = get_question_or_404(request.user, pk)
    if request.method != "POST":
        return answer_page(request, question, reply_form(request.user, question))
    data, file_errors = with_stored_files(request, AnswerForm.decided(request.POST))
    form = AnswerForm(data, auto_id="repondre-%s")
    for error in file_errors:
        form.add_error("files", error)
    if "preview" in data or "mask" in data or "keep" in data or not form.is_valid():
        return answer_page(request, question, form)
    if not form.is_acknowledged and form.passages():
        return answer_page(request, question, form)
    try:
        answer = publish(request, question, form)
    except Refused as refusal:
        add_refusal(form, refusal)
        return answer_page(request, question, form, refusal=refusal)
    return answered(request, question, answer)


def publish(request: HttpRequest, question: Question, form: AnswerForm) -> Answer:
    data = form.cleaned_data
    return post_answer(
        question=question,
        actor=request.user,
        body=data["body"],
        naming=data["naming"] or "name",
        client_token=data["client_token"],
    )


def answered(request: HttpRequest, question: Question, answer: Answer) -> HttpResponse:
    key = draft_key_of(question)
    discard_draft(actor=request.user, key=key)
    if read_position(request.user, "question", question.pk) >= answer.position - 1:
        # Who had read all before writing has read it all now; what was unread before stays so.
        mark_read(actor=request.user, kind="question", pk=question.pk, position=answer.position)
    return done(request, answer_url(answer), _("Réponse publiée."), draft=f"{request.user.public_id}:{key}")


def answer_page(
    request: HttpRequest, question: Question, form: AnswerForm, *, refusal: Refused | None = None
) -> HttpResponse:
    permissions.require(permissions.can_take_part(request.user, question))
    if form.is_bound:
        form.around = ReplySurroundings(draft_key_of(question), None)
    preview, wrong = preview_of(
        request, form, lambda: preview_answer(question, form.cleaned_data["body"], request.user)
    )
    context = {
        "question": question,
        "question_url": question_url(question),
        "passages": form.passages() if form.is_bound else [],
        "preview": preview,
        "audience": audience_sentence(question.space),
    }
    return render_form(request, "qa/answer_post.html", context, form, refusal or wrong)


@require_POST
def answer_accept(request: HttpRequest, pk: int) -> HttpResponse:
    answer = accept_answer(answer=get_answer_or_404(request.user, pk), actor=request.user)
    return done(request, answer_url(answer), _("Réponse retenue."))


@require_POST
def answer_unaccept(request: HttpRequest, pk: int) -> HttpResponse:
    answer = withdraw_acceptance(answer=get_answer_or_404(request.user, pk), actor=request.user)
    return done(request, answer_url(answer), _("Cette réponse n’est plus retenue."))


@require_http_methods(["GET", "HEAD", "POST"])
def answer_endorse(request: HttpRequest, pk: int) -> HttpResponse:
    answer = get_answer_or_404(request.user, pk)
    permissions.require(permissions.can_endorse(request.user, answer))
    form = EndorseForm(sent(request))

    def act() -> HttpResponse:
        endorse_answer(answer=answer, actor=request.user, **form.cleaned_data)
        return done(request, answer_url(answer), _("Avis publié."))

    page = ActPage(
        title=_("Donner un avis d’expert"),
        lede=_(
            "Il paraît sous votre nom, au-dessus de la réponse. Il ne remplace pas le choix de qui a posé la question."
        ),
        submit=_("Publier l’avis"),
    )
    return ask_before(request, answer, page, form, act)


@require_POST
def answer_unendorse(request: HttpRequest, pk: int) -> HttpResponse:
    answer = get_answer_or_404(request.user, pk)
    withdraw_endorsement(answer=answer, actor=request.user)
    return done(request, answer_url(answer), _("Votre avis est retiré."))


@require_http_methods(["GET", "HEAD", "POST"])
def answer_doubt(request: HttpRequest, pk: int) -> HttpResponse:
    answer = get_answer_or_404(request.user, pk)
    permissions.require(permissions.can_doubt(request.user, answer))
    form = DoubtForm(sent(request))

    def act() -> HttpResponse:
        doubt_answer(answer=answer, actor=request.user, reason=form.cleaned_data["reason"])
        return done(request, answer_url(answer), _("La réponse est signalée à vérifier."))

    page = ActPage(
        title=_("Signaler une réponse à vérifier"),
        lede=_("Votre phrase paraît au-dessus de la réponse, sans votre nom, jusqu’à ce que le point soit éclairci."),
        submit=_("Signaler"),
    )
    return ask_before(request, answer, page, form, act)


@require_POST
def doubt_settle(request: HttpRequest, pk: int) -> HttpResponse:
    doubt = settle_doubt(doubt=get_doubt_or_404(request.user, pk), actor=request.user)
    return done(request, answer_url(doubt.answer), _("Le point est éclairci."))
