"""Closing, hiding, deleting: what changes the life of a post and not its words."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import audit
from community.core.errors import Refused
from community.core.events import AnswerStateChanged, CommentStateChanged, QuestionStateChanged, emit
from community.core.references import record_references
from qa import permissions
from qa.models import Answer, Comment, Question, ThreadKind, ThreadState

from .accept import unaccept
from .ask import check_pin
from .comment import delete_comment, withdraw_comment
from .texts import require_reason
from .thread import change_post, change_question, lock_answer, lock_comment, lock_question, one_less, require_published

MAX_REASON = 300


@transaction.atomic
def close_question(*, question: Question, actor, reason: str) -> Question:
    """The asker, or a moderator; nothing can be added until it is opened again."""
    permissions.require(permissions.can_close(actor, question))
    reason = require_reason(reason, most=MAX_REASON)
    question = lock_question(question.pk)
    require_published(question)
    if question.state == ThreadState.CLOSED:
        raise Refused(_("Cette question est déjà close."))
    close(question, actor=actor, reason=reason)
    record_power("close_question", question, actor=actor, reason=reason)
    _say(question, "closed", actor=actor)
    return question


def close(question: Question, *, actor, reason: str, **columns) -> None:
    """Under the thread's lock."""
    now = timezone.now()
    change_question(question, state=ThreadState.CLOSED, closed_at=now, closed_by=actor, close_reason=reason, **columns)


@transaction.atomic
def reopen_question(*, question: Question, actor, reason: str) -> Question:
    """Who may close may reopen, but the asker does not undo what a moderator closed. It is no duplicate any more."""
    permissions.require(permissions.can_close(actor, question))
    reason = require_reason(reason, most=MAX_REASON)
    question = lock_question(question.pk)
    require_published(question)
    if question.state != ThreadState.CLOSED:
        raise Refused(_("Cette question est déjà ouverte."))
    if question.closed_by_id != actor.pk and not permissions.can_moderate(actor, question):
        raise Refused(_("L’animation a clos cette question : demandez-lui de la rouvrir."))
    reopen(question)
    # The page of an open question keeps no reason: the log has the asker's too, without a name that she may have kept.
    by_author = actor.pk == question.author_id
    audit.record(
        "reopen_question",
        actor=None if by_author else actor,
        kind="question",
        object_id=question.pk,
        space_id=question.space_id,
        reason=reason,
        **({"by_author": True} if by_author else {}),
    )
    _say(question, "reopened", actor=actor)
    return question


def reopen(question: Question) -> None:
    """Under the thread's lock."""
    change_question(
        question, state=ThreadState.OPEN, closed_at=None, closed_by=None, close_reason="", duplicate_of=None
    )


@transaction.atomic
def hide_post(*, post: Question | Answer | Comment, actor, reason: str) -> Question | Answer | Comment:
    """A moderator takes a post out of sight, at once and everywhere; she or another can restore it."""
    permissions.require(permissions.can_hide(actor, post))
    reason = require_reason(reason, most=MAX_REASON)
    post = lock_post(post)
    if post.is_gone:
        raise Refused(_("Ce message n’est déjà plus publié."))
    leave_counts(post, by_id=actor.pk)
    columns: dict[str, Any] = {"hidden_at": timezone.now()}
    if not isinstance(post, Comment):
        columns |= {"hidden_by": actor, "hidden_reason": reason}
    change_post(post, **columns)
    record_power("hide_post", post, actor=actor, reason=reason)
    _say(post, "hidden", actor=actor)
    return post


@transaction.atomic
def restore_post(*, post: Question | Answer | Comment, actor) -> Question | Answer | Comment:
    permissions.require(permissions.can_hide(actor, post))
    post = lock_post(post)
    if post.hidden_at is None or post.deleted_at is not None:
        raise Refused(_("Ce message n’est pas masqué."))
    columns: dict[str, Any] = {"hidden_at": None}
    if not isinstance(post, Comment):
        columns |= {"hidden_by": None, "hidden_reason": ""}
    change_post(post, **columns)
    if isinstance(post, Answer):
        change_question(post.question, answer_count=F("answer_count") + 1)
    elif isinstance(post, Comment):
        change_post(post.answer or post.question, comment_count=F("comment_count") + 1)
    record_power("restore_post", post, actor=actor)
    _say(post, "restored", actor=actor)
    return post


@transaction.atomic
def delete_post(*, post: Question | Answer | Comment, actor) -> Question | Answer | Comment:
    """Its author, or a moderator. An answer and a comment leave a placeholder; a question takes its thread with it, so
    its author deletes it only while nobody has answered.
    """
    if isinstance(post, Comment):
        return delete_comment(comment=post, actor=actor)
    permissions.require(permissions.can_delete(actor, post))
    post = lock_post(post)
    if post.deleted_at is not None:
        raise Refused(_("Ce message est déjà supprimé."))
    moderates = permissions.can_moderate(actor, post if isinstance(post, Question) else post.question)
    if isinstance(post, Question) and post.answer_count and not moderates:
        raise Refused(
            _("Des personnes ont répondu : vous pouvez clore la question, ou demander à l’animation de la retirer.")
        )
    leave_counts(post, by_id=actor.pk)
    change_post(post, deleted_at=timezone.now(), deleted_by=actor)
    record_references(kind=_kind(post), pk=post.pk, paths=(), text="")
    record_power("delete_post", post, actor=actor)
    _say(post, "deleted", actor=actor)
    return post


def lock_post(post: Question | Answer | Comment) -> Question | Answer | Comment:
    if isinstance(post, Question):
        return lock_question(post.pk)
    return lock_answer(post) if isinstance(post, Answer) else lock_comment(post)


def leave_counts(post: Question | Answer | Comment, *, by_id: int) -> None:
    """What goes out of sight no longer counts, and solves nothing any more."""
    if isinstance(post, Comment):
        withdraw_comment(post)
    elif isinstance(post, Answer) and not post.is_gone:
        change_question(post.question, answer_count=one_less("answer_count"))
        if post.question.accepted_answer_id == post.pk:
            unaccept(post, by_id=by_id)


@transaction.atomic
def pin_question(*, question: Question, actor, until: datetime) -> Question:
    """An announcement stays on top until a moment that is said."""
    permissions.require(permissions.can_moderate(actor, question))
    question = lock_question(question.pk)
    require_published(question)
    if question.kind != ThreadKind.ANNOUNCEMENT:
        raise Refused(_("Seule une annonce s’épingle."))
    change_question(question, pinned_until=check_pin(until, kind=question.kind))
    _say(question, "pinned", actor=actor)
    return question


@transaction.atomic
def unpin_question(*, question: Question, actor) -> Question:
    permissions.require(permissions.can_moderate(actor, question))
    question = lock_question(question.pk)
    change_question(question, pinned_until=None)
    _say(question, "unpinned", actor=actor)
    return question


@transaction.atomic
def set_wiki(*, post: Question | Answer, actor, is_wiki: bool) -> Question | Answer:
    """A wiki is edited by all who may write there; its history says by whom."""
    permissions.require(permissions.can_make_wiki(actor, post))
    post = lock_answer(post) if isinstance(post, Answer) else lock_question(post.pk)
    require_published(post)
    if post.is_wiki != is_wiki:
        change_post(post, is_wiki=is_wiki)
        _say(post, "wiki" if is_wiki else "not_wiki", actor=actor)
    return post


def _kind(post: Question | Answer | Comment) -> str:
    return type(post).__name__.lower()


def _say(post: Question | Answer | Comment, change: str, *, actor) -> None:
    if isinstance(post, Question):
        emit(QuestionStateChanged(question_id=post.pk, change=change, by_id=actor.pk))
    elif isinstance(post, Answer):
        emit(AnswerStateChanged(answer_id=post.pk, question_id=post.question_id, change=change, by_id=actor.pk))
    else:
        emit(CommentStateChanged(comment_id=post.pk, question_id=post.question_id, change=change, by_id=actor.pk))


def record_power(action: str, post: Question | Answer | Comment, *, actor, reason: str = "") -> None:
    """What a moderator did with power; an author's own acts are not."""
    question = post if isinstance(post, Question) else post.question
    if actor.pk != post.author_id:
        audit.record(
            action, actor=actor, kind=_kind(post), object_id=post.pk, space_id=question.space_id, reason=reason
        )
