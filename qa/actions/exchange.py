from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import contents
from community.core.errors import Invalid, Refused
from community.core.events import ExchangeMessageSent, emit
from community.core.ratelimits import spend
from community.core.richtext import normalise_text
from qa import limits, permissions
from qa.models import Answer, ExchangeMessage, PrivateExchange, Question
from qa.models.exchange import MAX_MESSAGE
from qa.querysets import exchange_key

from .texts import is_resend, require_length, sent_before
from .thread import lock_answer, lock_question


@transaction.atomic
def write_to_author(*, post, actor, text: str, client_token: UUID | None = None) -> ExchangeMessage:
    """A moderator writes to the author of an anonymous post, who stays unnamed, and opens the exchange if need be.

    `post` is a question, an answer, or what another room says hides its author.
    """
    permissions.require(permissions.can_open_exchange(actor, post))
    if post.author_id == actor.pk:
        raise Refused(_("C’est votre propre message : vous n’avez pas besoin de vous écrire."))
    post = _locked(post)
    thread = post.question if isinstance(post, Answer) else post
    exchange, _created = PrivateExchange.objects.get_or_create(
        **exchange_key(post),
        space_id=contents.kind_of(thread).space_id(thread),
        defaults={"last_message_at": timezone.now()},
    )
    return _write(exchange, actor=actor, text=text, from_moderation=True, client_token=client_token)


def _locked(post):
    """Kept from others, so that two moderators who write first begin one exchange."""
    if isinstance(post, Answer):
        return lock_answer(post)
    if isinstance(post, Question):
        return lock_question(post.pk)
    return type(post).objects.select_for_update().get(pk=post.pk)


@transaction.atomic
def reply_in_exchange(
    *, exchange: PrivateExchange, actor, text: str, client_token: UUID | None = None
) -> ExchangeMessage:
    """Either side goes on. A moderator who is the author speaks as the author."""
    post = exchange.post
    permissions.require(permissions.can_reply_in_exchange(actor, exchange))
    from_moderation = post.author_id != actor.pk
    return _write(exchange, actor=actor, text=text, from_moderation=from_moderation, client_token=client_token)


def _write(
    exchange: PrivateExchange, *, actor, text: str, from_moderation: bool, client_token: UUID | None
) -> ExchangeMessage:
    before = sent_before(exchange.messages.all(), actor=actor, client_token=client_token)
    text = normalise_text(text).strip()
    if not text:
        raise Invalid(_("Écrivez votre message avant de l’envoyer."), field="text")
    require_length(text, MAX_MESSAGE, field="text")
    message = ExchangeMessage(
        exchange=exchange, author=actor, from_moderation=from_moderation, text=text, client_token=client_token
    )
    if is_resend(before, message, "text"):
        return before
    spend(limits.EXCHANGE, actor=actor)
    message.save(force_insert=True)
    PrivateExchange.objects.filter(pk=exchange.pk).update(last_message_at=message.created_at)
    emit(ExchangeMessageSent(message_id=message.pk, exchange_id=exchange.pk))
    return message
