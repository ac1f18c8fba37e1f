from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.errors import Invalid, Refused
from community.core.events import CommentDeleted, CommentEdited, CommentPosted, CommentPromoted, emit
from community.core.ratelimits import spend
from community.core.references import record_references
from community.core.richtext import drop_mentions, mentioned_in, normalise_text, plain_as_markdown, plain_mentions
from qa import limits, permissions
from qa.models import Answer, Comment, Naming, Question
from qa.models.comment import MAX_COMMENT, MAX_STORED

from .texts import (
    find_mentioned,
    is_resend,
    record_text,
    refuse_same_text,
    require_length,
    sent_before,
    settle_naming,
    with_typed_mentions,
    write_body,
)
from .thread import (
    change_post,
    change_question,
    lock_comment,
    lock_question,
    one_less,
    require_open,
    require_published,
    require_still,
)


@transaction.atomic
def post_comment(
    *,
    question: Question,
    actor,
    text: str,
    answer: Answer | None = None,
    naming: str = Naming.NAME,
    client_token: UUID | None = None,
) -> Comment:
    """Adds a remark under the question, or under one of its answers; plain text of at most 600 characters, which may
    mention members who read the thread.
    """
    permissions.require(permissions.can_take_part(actor, question))
    read, question = question, lock_question(question.pk)
    before = sent_before(Comment.objects.filter(question=question), actor=actor, client_token=client_token)
    text, mentioned_ids = check_text(text, question=question, actor=actor)
    comment = Comment(
        question=question,
        answer=_commented(answer, question=question),
        author=actor,
        naming=settle_naming(naming, actor=actor, space=question.space),
        text=text,
        created_at=timezone.now(),
        client_token=client_token,
    )
    if is_resend(before, comment, "text", "answer_id"):
        return before
    require_open(question)
    require_still(permissions.can_comment, actor, read, question)
    refuse_same_text(Comment.objects.filter(question=question), actor=actor, text=comment.text)
    spend(limits.COMMENT_PACE, actor=actor)
    spend(limits.COMMENT, actor=actor)
    comment.save(force_insert=True)
    change_post(comment.answer or question, comment_count=F("comment_count") + 1)
    emit(CommentPosted(comment_id=comment.pk, question_id=question.pk, mentioned_ids=mentioned_ids))
    return comment


def _commented(answer: Answer | None, *, question: Question) -> Answer | None:
    if answer is None:
        return None
    locked = Answer.objects.filter(pk=answer.pk, question=question).first()
    if locked is None:
        raise Invalid(_("Cette réponse n’appartient pas à cette question."))
    locked.question = question
    require_published(locked)
    return locked


def check_text(text: str, *, question: Question, actor) -> tuple[str, tuple[int, ...]]:
    """The text to keep and the members whom it mentions; a mention of somebody who may not read the thread becomes
    words. Raises Invalid on an empty or overlong text.
    """
    text = normalise_text(text).strip()
    if not text:
        raise Invalid(_("Écrivez votre commentaire avant de le publier."), field="text")
    require_length(plain_mentions(text), MAX_COMMENT, field="text")
    text = with_typed_mentions(text, question=question, actor=actor, is_markdown=False)
    mentioned = find_mentioned(mentioned_in(text), question=question, actor=actor, field="text")
    text = drop_mentions(text, kept={member.public_id: str(member) for member in mentioned})
    # A name may be longer than the word that stood for it; the way to her profile is not read.
    require_length(plain_mentions(text), MAX_COMMENT, field="text")
    require_length(text, MAX_STORED, field="text")
    return text, tuple(member.pk for member in mentioned)


@transaction.atomic
def edit_comment(*, comment: Comment, actor, text: str) -> Comment:
    """Its author rewrites a comment, which then says so; a comment has no history."""
    permissions.require(permissions.can_edit_comment(actor, comment))
    comment = lock_comment(comment)
    require_published(comment)
    require_open(comment.question)
    text, mentioned_ids = check_text(text, question=comment.question, actor=actor)
    if text == comment.text:
        return comment
    spend(limits.EDIT, actor=actor)
    change_post(comment, text=text, edited_at=timezone.now())
    emit(CommentEdited(comment_id=comment.pk, question_id=comment.question_id, mentioned_ids=mentioned_ids))
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment, actor) -> Comment:
    """Its author, or a moderator; the thread keeps a placeholder."""
    permissions.require(permissions.can_delete(actor, comment))
    comment = lock_comment(comment)
    if comment.deleted_at is not None:
        return comment
    withdraw_comment(comment)
    change_post(comment, deleted_at=timezone.now(), deleted_by=actor)
    emit(CommentDeleted(comment_id=comment.pk, question_id=comment.question_id))
    return comment


def withdraw_comment(comment: Comment) -> None:
    """Under the thread's lock, before it is hidden or deleted: it no longer counts under its post."""
    if not comment.is_gone:
        change_post(comment.answer or comment.question, comment_count=one_less("comment_count"))


@transaction.atomic
def promote_comment(*, comment: Comment, actor) -> Answer:
    """Splits a comment that answers into an answer: its author, its name and its date are kept, the comment goes."""
    permissions.require(permissions.can_promote_comment(actor, comment))
    comment = lock_comment(comment)
    if comment.is_gone:
        raise Refused(_("Ce commentaire n’est plus publié. Rechargez la page."))
    question = comment.question
    require_open(question)
    answer = Answer(
        question=question,
        author=comment.author,
        naming=comment.naming,
        position=question.post_count + 1,
        created_at=comment.created_at,
        attribution_name=comment.attribution_name,
        attribution_url=comment.attribution_url,
        licence=comment.licence,
    )
    written = write_body(answer, plain_as_markdown(comment.text), actor=comment.author)
    answer.save(force_insert=True)
    record_text(answer, written, actor=comment.author)
    record_references(kind="comment", pk=comment.pk, paths=(), text="")
    withdraw_comment(comment)
    change_post(comment, deleted_at=timezone.now(), deleted_by=actor, became_answer=answer)
    counted = {"post_count": F("post_count") + 1, "answer_count": F("answer_count") + 1}
    change_question(question, last_activity_at=timezone.now(), **counted)
    emit(
        CommentPromoted(
            comment_id=comment.pk,
            answer_id=answer.pk,
            question_id=question.pk,
            by_id=actor.pk,
            mentioned_ids=written.mentioned_ids,
        )
    )
    return answer
