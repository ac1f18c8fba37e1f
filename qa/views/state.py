from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.core.addresses import address
from community.core.form_pages import done, sent
from qa import permissions
from qa.actions.duplicate import mark_duplicate, unmark_duplicate
from qa.actions.move import move_question
from qa.actions.revision import hide_revision, restore_revision
from qa.actions.state import (
    close_question,
    delete_post,
    hide_post,
    pin_question,
    reopen_question,
    restore_post,
    set_wiki,
    unpin_question,
)
from qa.addresses import question_url
from qa.forms.acts import DuplicateForm, LoggedReasonForm, MoveForm, PinForm, ReasonForm
from qa.models import Comment, PostRevision, Question
from qa.selectors import get_question_or_404
from qa.selectors.writing import get_post_or_404, get_revision_or_404

from .comment import confirmation
from .support import ActPage, ask_before, post_url


@require_http_methods(["GET", "HEAD", "POST"])
def question_close(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_question_or_404(request.user, pk)
    permissions.require(permissions.can_close(request.user, question))
    form = ReasonForm(sent(request))

    def act() -> HttpResponse:
        close_question(question=question, actor=request.user, reason=form.cleaned_data["reason"])
        return done(request, question_url(question), _("Question close."))

    page = ActPage(
        title=_("Clore cette question"),
        lede=_("Elle reste lisible et ne prend plus de message. Elle peut être rouverte."),
        submit=_("Clore la question"),
    )
    return ask_before(request, question, page, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def question_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_question_or_404(request.user, pk)
    permissions.require(permissions.can_close(request.user, question))
    form = LoggedReasonForm(sent(request))

    def act() -> HttpResponse:
        reopen_question(question=question, actor=request.user, reason=form.cleaned_data["reason"])
        return done(request, question_url(question), _("Question rouverte."))

    page = ActPage(
        title=_("Rouvrir cette question"),
        lede=_("Elle prendra à nouveau des messages."),
        submit=_("Rouvrir la question"),
    )
    return ask_before(request, question, page, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def question_duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_question_or_404(request.user, pk)
    permissions.require(permissions.can_close(request.user, question))
    form = DuplicateForm(sent(request), member=request.user)

    def act() -> HttpResponse:
        mark_duplicate(question=question, original=form.cleaned_data["original"], actor=request.user)
        return done(request, question_url(question), _("Question close comme déjà posée."))

    page = ActPage(
        title=_("Clore comme déjà posée"),
        lede=_("Chacune des deux questions mènera à l’autre. Les réponses déjà données restent en place."),
        submit=_("Rapprocher les deux questions"),
    )
    return ask_before(request, question, page, form, act)


@require_POST
def question_unduplicate(request: HttpRequest, pk: int) -> HttpResponse:
    question = unmark_duplicate(question=get_question_or_404(request.user, pk), actor=request.user)
    return done(request, question_url(question), _("Les deux questions sont séparées."))


@require_http_methods(["GET", "HEAD", "POST"])
def question_move(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_question_or_404(request.user, pk)
    permissions.require(permissions.can_moderate(request.user, question))
    form = MoveForm(sent(request), member=request.user, question=question)

    def act() -> HttpResponse:
        moved = move_question(
            question=question,
            space=form.cleaned_data["space"],
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )
        return done(request, question_url(moved), _("Question déplacée."))

    page = ActPage(
        title=_("Déplacer cette question"),
        lede=_(
            "Elle sera lue par les membres de l’espace d’arrivée. Les noms choisis sont gardés\u202f; les anonymes y "
            "prennent un autre pseudonyme."
        ),
        submit=_("Déplacer la question"),
    )
    return ask_before(request, question, page, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def question_pin(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_question_or_404(request.user, pk)
    permissions.require(permissions.can_moderate(request.user, question))
    form = PinForm(sent(request))

    def act() -> HttpResponse:
        pin_question(question=question, actor=request.user, until=form.cleaned_data["until"])
        return done(request, question_url(question), _("Annonce épinglée."))

    page = ActPage(title=_("Épingler cette annonce"), submit=_("Épingler"))
    return ask_before(request, question, page, form, act)


@require_POST
def question_unpin(request: HttpRequest, pk: int) -> HttpResponse:
    question = unpin_question(question=get_question_or_404(request.user, pk), actor=request.user)
    return done(request, question_url(question), _("Annonce désépinglée."))


@require_http_methods(["GET", "HEAD", "POST"])
def post_hide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    post = get_post_or_404(request.user, kind, pk)
    permissions.require(permissions.can_hide(request.user, post))
    form = (LoggedReasonForm if isinstance(post, Comment) else ReasonForm)(sent(request))

    def act() -> HttpResponse:
        hide_post(post=post, actor=request.user, reason=form.cleaned_data["reason"])
        return done(request, post_url(post), _("Message masqué."))

    page = ActPage(
        title=_("Masquer ce message"),
        lede=_("Il disparaît aussitôt pour tout le monde, sauf pour son auteur ou son autrice et l’animation."),
        submit=_("Masquer"),
        danger=True,
    )
    return ask_before(request, post, page, form, act)


@require_POST
def post_restore(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    post = restore_post(post=get_post_or_404(request.user, kind, pk), actor=request.user)
    return done(request, post_url(post), _("Message rétabli."))


@require_http_methods(["GET", "HEAD", "POST"])
def post_delete(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    post = get_post_or_404(request.user, kind, pk)
    permissions.require(permissions.can_delete(request.user, post))

    def act() -> HttpResponse:
        delete_post(post=post, actor=request.user)
        if isinstance(post, Question):
            return done(request, reverse("question_list"), _("Question supprimée."))
        return done(request, question_url(post.question), _("Message supprimé."))

    lede = _("La suppression est définitive.")
    page = ActPage(title=_("Supprimer ce message ?"), lede=lede, submit=_("Supprimer"), danger=True)
    return ask_before(request, post, page, confirmation(request), act)


@require_POST
def post_wiki(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Turns the shared writing of a question or an answer on or off."""
    post = get_post_or_404(request.user, kind if kind != "comment" else "", pk)
    post = set_wiki(post=post, actor=request.user, is_wiki=not post.is_wiki)
    message = _("Le texte est ouvert à plusieurs mains.") if post.is_wiki else _("Le texte n’est plus collectif.")
    return done(request, post_url(post), message)


@require_http_methods(["GET", "HEAD", "POST"])
def revision_hide(request: HttpRequest, pk: int) -> HttpResponse:
    revision = get_revision_or_404(request.user, pk)
    permissions.require(permissions.can_hide(request.user, revision.post))
    form = ReasonForm(sent(request))

    def act() -> HttpResponse:
        hide_revision(revision=revision, actor=request.user, reason=form.cleaned_data["reason"])
        return done(request, history_url(revision), _("Version masquée."))

    page = ActPage(
        title=_("Masquer une version de l’historique"),
        lede=_("Elle n’est plus lisible que par l’animation. Le texte publié ne change pas."),
        submit=_("Masquer la version"),
    )
    return ask_before(request, revision.post, page, form, act)


@require_POST
def revision_restore(request: HttpRequest, pk: int) -> HttpResponse:
    revision = restore_revision(revision=get_revision_or_404(request.user, pk), actor=request.user)
    return done(request, history_url(revision), _("Version rétablie."))


def history_url(revision: PostRevision) -> str:
    return address("answer_history" if revision.answer_id else "question_history", pk=revision.post.pk)
