from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.addresses import address
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form, sent
from qa import permissions
from qa.actions.exchange import reply_in_exchange, write_to_author
from qa.forms.acts import ExchangeForm
from qa.models import PrivateExchange
from qa.selectors.writing import exchange_about, get_exchange_or_404, get_post_or_404, get_unnamed_or_404

from .support import ActPage, ask_before, excerpt_of, post_url, thread_place


@require_http_methods(["GET", "HEAD", "POST"])
def exchange_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, and the next message. No name is shown, on either side, to anybody."""
    exchange = get_exchange_or_404(request.user, pk)
    form, refusal = ExchangeForm(sent(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            reply_in_exchange(exchange=exchange, actor=request.user, **form.cleaned_data)
            return done(request, request.path, _("Message envoyé."))
        except Refused as caught:
            refusal = caught
            add_refusal(form, refusal)
    return render_form(request, "qa/exchange_detail.html", context_of(request, exchange), form, refusal)


def context_of(request: HttpRequest, exchange: PrivateExchange) -> dict:
    post = exchange.post
    is_author = post.author_id == request.user.pk
    return {
        "exchange": exchange,
        "rows": [
            {
                "own": message.from_moderation is not is_author,
                "from_moderation": message.from_moderation,
                "text": message.text,
                "at": message.created_at,
            }
            for message in exchange.messages.all()
        ],
        "is_author": is_author,
        "may_write": permissions.can_reply_in_exchange(request.user, exchange),
        "is_current": exchange.is_current,
        "excerpt": excerpt_of(post),
        "post_url": post_url(post),
        "place": thread_place(post),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def post_exchange(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Goes to the exchange about an anonymous post; a moderator opens it with a first message."""
    return about_post(request, get_post_or_404(request.user, kind if kind != "comment" else "", pk))


@require_http_methods(["GET", "HEAD", "POST"])
def content_exchange(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The same about what another room says hides its author."""
    return about_post(request, get_unnamed_or_404(request.user, kind, pk))


def about_post(request: HttpRequest, post) -> HttpResponse:
    permissions.require(permissions.can_write_exchange(request.user, post))
    is_author = post.author_id == request.user.pk
    exchange = exchange_about(request.user, post)
    if exchange is not None and request.method != "POST":
        return redirect(address("exchange_detail", pk=exchange.pk))
    # Of a place that the thread left, only what was said remains.
    if exchange is not None and not exchange.is_current and not is_author:
        exchange = None
    if exchange is None and is_author:
        messages.info(request, _("L’animation ne vous a pas écrit au sujet de ce message."))
        return redirect(post_url(post))
    return open_exchange(request, post)


def open_exchange(request: HttpRequest, post) -> HttpResponse:
    permissions.require(permissions.can_open_exchange(request.user, post))
    form = ExchangeForm(sent(request))

    def act() -> HttpResponse:
        message = write_to_author(post=post, actor=request.user, **form.cleaned_data)
        return done(request, address("exchange_detail", pk=message.exchange_id), _("Message envoyé."))

    page = ActPage(
        title=_("Écrire à l’auteur ou à l’autrice"),
        lede=_("Son nom reste caché, et votre message est signé « L’animation »."),
        submit=_("Envoyer"),
    )
    return ask_before(request, post, page, form, act)
