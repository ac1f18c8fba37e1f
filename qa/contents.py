"""The kinds « question », « answer » and « comment » of the registry."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.core import contents
from community.core.contents import ContentKind

from . import permissions
from .addresses import answer_url, comment_url, question_url
from .display import displayed_author
from .models import Answer, Comment, Question

CARD = "qa/_card.html"


def register_kinds() -> None:
    for kind in (question_kind(), answer_kind(), comment_kind()):
        contents.register(kind)


def recipient(post):
    """Whoever wrote it, anonymous or not: to be told, never shown."""
    return post.author


def can_moderate(viewer, obj) -> bool:
    question = obj if isinstance(obj, Question) else obj.question
    return permissions.can_moderate(viewer, question)


def question_kind() -> ContentKind:
    return ContentKind(
        name="question",
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
        card_related=("author__organisation", "space", "family__parent"),
        text_fields=("title", "body_text"),
        url_names=("question_detail",),
    )


def answer_kind() -> ContentKind:
    return ContentKind(
        name="answer",
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
        card_related=("author__organisation", "question__space", "question__family__parent"),
        text_fields=("body_text",),
        url_names=("answer_detail",),
    )


def comment_kind() -> ContentKind:
    return ContentKind(
        name="comment",
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
        card_related=("author__organisation", "question__space", "answer"),
        text_fields=("text",),
        url_names=("comment_detail",),
    )
