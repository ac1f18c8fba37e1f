from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.form_pages import done, sent
from qa import permissions
from qa.actions.comment import delete_comment, edit_comment, post_comment, promote_comment
from qa.addresses import answer_url, comment_url
from qa.forms.acts import CommentEditForm, CommentForm
from qa.forms.answer import naming_used_in
from qa.models import Answer, Question
from qa.selectors import get_answer_or_404, get_comment_or_404, get_question_or_404

from .support import ActPage, ask_before, post_url


@require_http_methods(["GET", "HEAD", "POST"])
def comment_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Under the question, or under the answer that the hidden field `answer` names: one of this thread."""
    question = get_question_or_404(request.user, pk)
    wanted = request.POST.get("answer") or request.GET.get("answer")
    answer = None
    if wanted:
        if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
            raise Http404
        answer = get_answer_or_404(request.user, int(wanted), question_pk=question.pk)
    return comment_page(request, question, answer)


def question_comment(request: HttpRequest, pk: int) -> HttpResponse:
    return comment_page(request, get_question_or_404(request.user, pk), None)


def answer_comment(request: HttpRequest, pk: int) -> HttpResponse:
    answer = get_answer_or_404(request.user, pk)
    return comment_page(request, answer.question, answer)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_page(request: HttpRequest, question: Question, answer: Answer | None) -> HttpResponse:
    permissions.require(permissions.can_take_part(request.user, question))
    form = CommentForm(sent(request), question=question, initial={"naming": naming_used_in(question, request.user)})

    def act() -> HttpResponse:
        data = form.cleaned_data
        comment = post_comment(
            question=question,
            answer=answer,
            actor=request.user,
            text=data["text"],
            naming=data["naming"] or "name",
            client_token=data["client_token"],
        )
        return done(request, comment_url(comment), _("Commentaire publié."))

    page = ActPage(title=_("Commenter"), submit=_("Publier le commentaire"))
    return ask_before(request, answer or question, page, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_comment_or_404(request.user, pk)
    permissions.require(permissions.can_edit_comment(request.user, comment))
    form = CommentEditForm(sent(request), question=comment.question, initial={"text": comment.text})

    def act() -> HttpResponse:
        edit_comment(comment=comment, actor=request.user, text=form.cleaned_data["text"])
        return done(request, comment_url(comment), _("Commentaire modifié."))

    page = ActPage(title=_("Modifier le commentaire"), submit=_("Enregistrer"))
    return ask_before(request, comment, page, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_delete(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_comment_or_404(request.user, pk)
    permissions.require(permissions.can_delete(request.user, comment))

    def act() -> HttpResponse:
        delete_comment(comment=comment, actor=request.user)
        return done(request, post_url(comment.answer or comment.question), _("Commentaire supprimé."))

    page = ActPage(title=_("Supprimer ce commentaire ?"), submit=_("Supprimer"), danger=True)
    return ask_before(request, comment, page, confirmation(request), act)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_promote(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_comment_or_404(request.user, pk)
    permissions.require(permissions.can_promote_comment(request.user, comment))

    def act() -> HttpResponse:
        answer = promote_comment(comment=comment, actor=request.user)
        return done(request, answer_url(answer), _("Le commentaire est devenu une réponse."))

    page = ActPage(
        title=_("Faire de ce commentaire une réponse ?"),
        lede=_("Elle garde son auteur ou son autrice et sa date, et prend place à la suite des réponses."),
        submit=_("En faire une réponse"),
    )
    return ask_before(request, comment, page, confirmation(request), act)


def confirmation(request: HttpRequest) -> forms.Form:
    """A form without field: the click alone."""
    return forms.Form(sent(request))
