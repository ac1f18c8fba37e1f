"""The kinds « question », « answer » and « comment » of the registry, and the private exchange about a post."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.core import contents
from community.core.contents import ContentKind, DisplayedAuthor
from community.spaces import permissions as spaces

from . import permissions
from .actions import mend
from .actions.state import hide_post
from .addresses import address, answer_url, comment_url, question_url
from .display import displayed_author
from .models import Answer, Comment, ExchangeMessage, Naming, PrivateExchange, Question

CARD = "qa/_card.html"


def register_kinds() -> None:
    for kind in (question_kind(), answer_kind(), comment_kind(), exchange_kind(), exchange_message_kind()):
        contents.register(kind)


def recipient(post):
    """Whoever wrote it, anonymous or not: to be told, never shown."""
    return post.author


def hide(post, *, actor, reason: str) -> None:
    hide_post(post=post, actor=actor, reason=reason)


def can_moderate(viewer, obj) -> bool:
    question = obj if isinstance(obj, Question) else obj.question
    return permissions.can_moderate(viewer, question)


def question_kind() -> ContentKind:
    return ContentKind(
        name="question",
        is_prepared=True,
        label=_("Question"),
        icon="circle-help",
        model=Question,
        visible_to=lambda viewer: Question.objects.visible_to(viewer),
        can_view=permissions.can_view_question,
        readers=permissions.readers_of_question,
        can_moderate=can_moderate,
        displayed_author=displayed_author,
        recipient=recipient,
        title=lambda question: question.title,
        url=question_url,
        space_id=lambda question: question.space_id,
        card_template=CARD,
        hide=hide,
        mend=lambda question, *, actor, mending: mend.mend_question(question=question, actor=actor, mending=mending),
        mendable_by=lambda member: Question.objects.mendable_by(member),
        mended_texts=mend.texts_of,
        card_related=("author__organisation", "space", "family__parent"),
        text_fields=("title", "body_text"),
        url_names=("question_detail",),
    )


def answer_kind() -> ContentKind:
    return ContentKind(
        name="answer",
        is_prepared=True,
        label=_("Réponse"),
        icon="reply",
        model=Answer,
        visible_to=lambda viewer: Answer.objects.visible_to(viewer),
        can_view=permissions.can_view_answer,
        readers=permissions.readers_of_answer,
        can_moderate=can_moderate,
        displayed_author=displayed_author,
        recipient=recipient,
        title=lambda answer: gettext("Réponse à « %(title)s »") % {"title": answer.question.title},
        url=answer_url,
        space_id=lambda answer: answer.question.space_id,
        card_template=CARD,
        hide=hide,
        mend=lambda answer, *, actor, mending: mend.mend_answer(answer=answer, actor=actor, mending=mending),
        mendable_by=lambda member: Answer.objects.mendable_by(member),
        mended_texts=mend.texts_of,
        card_related=("author__organisation", "question__space", "question__family__parent"),
        text_fields=("body_text",),
        url_names=("answer_detail",),
    )


def comment_kind() -> ContentKind:
    return ContentKind(
        name="comment",
        is_prepared=True,
        label=_("Commentaire"),
        icon="message-square",
        model=Comment,
        visible_to=lambda viewer: Comment.objects.visible_to(viewer),
        can_view=permissions.can_view_comment,
        readers=permissions.readers_of_comment,
        can_moderate=can_moderate,
        displayed_author=displayed_author,
        recipient=recipient,
        title=lambda comment: gettext("Commentaire sur « %(title)s »") % {"title": comment.question.title},
        url=comment_url,
        space_id=lambda comment: comment.question.space_id,
        card_template=CARD,
        hide=hide,
        card_related=("author__organisation", "question__space", "answer"),
        text_fields=("text",),
        url_names=("comment_detail",),
        hides_author=lambda comment: comment.naming == Naming.ANONYMOUS and comment.deleted_at is None,
    )


def exchange_kind() -> ContentKind:
    """A thread of its own for notifications: its title is the only thing that leads to the post."""
    return ContentKind(
        name="exchange",
        is_prepared=True,
        label=_("Échange privé"),
        icon="mail",
        model=PrivateExchange,
        visible_to=lambda viewer: PrivateExchange.objects.visible_to(viewer),
        can_view=permissions.can_view_exchange,
        readers=permissions.readers_of_exchange,
        can_moderate=lambda viewer, exchange: spaces.can_moderate(viewer, exchange.space),
        displayed_author=lambda exchange: contents.kind_of(exchange.post).displayed_author(exchange.post),
        recipient=lambda exchange: exchange.post.author,
        title=lambda exchange: gettext("Échange privé sur « %(title)s »") % {"title": exchange.title},
        url=exchange_url,
        space_id=lambda exchange: exchange.space_id,
        card_related=("space", "question__space", "answer__question__space"),
    )


def exchange_message_kind() -> ContentKind:
    """Signed by a side, never by a person."""
    return ContentKind(
        name="exchange_message",
        is_prepared=True,
        label=_("Message privé"),
        icon="mail",
        model=ExchangeMessage,
        visible_to=lambda viewer: ExchangeMessage.objects.visible_to(viewer),
        can_view=lambda viewer, message: permissions.can_view_exchange(viewer, message.exchange),
        readers=lambda message, members: permissions.readers_of_exchange(message.exchange, members),
        can_moderate=lambda viewer, message: spaces.can_moderate(viewer, message.exchange.space),
        displayed_author=side_of,
        recipient=lambda message: message.author,
        title=lambda message: gettext("Échange privé sur « %(title)s »") % {"title": message.exchange.title},
        url=lambda message: exchange_url(message.exchange),
        space_id=lambda message: message.exchange.space_id,
        card_related=("exchange__space", "exchange__question__space", "exchange__answer__question__space"),
    )


def exchange_url(exchange: PrivateExchange) -> str:
    return address("exchange_detail", pk=exchange.pk)


def side_of(message: ExchangeMessage) -> DisplayedAuthor:
    name = gettext("L’animation") if message.from_moderation else gettext("Membre anonyme")
    return DisplayedAuthor(name=name, anonymous=True)
