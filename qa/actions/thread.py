"""What every action on a thread does: hold it while it changes, and say that it changed."""

from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from community.core.errors import Refused
from community.core.prepared import Prepared
from qa import permissions
from qa.models import Answer, Comment, Question, ThreadState

_locked = Prepared(
    lambda pk: Question.objects.select_for_update(of=("self",)).select_related("space", "family").filter(pk=pk)
)


def lock_question(pk: int) -> Question:
    """The thread as it is now, kept from others until the transaction ends; its posts are changed under this lock."""
    found = _locked.rows(pk=pk)
    if not found:
        raise Question.DoesNotExist
    return found[0]


def lock_answer(answer: Answer) -> Answer:
    """The answer as it is now, under the lock of its thread."""
    question = lock_question(answer.question_id)
    locked = Answer.objects.get(pk=answer.pk)
    locked.question = question
    return locked


def lock_comment(comment: Comment) -> Comment:
    """The comment as it is now, under the lock of its thread."""
    question = lock_question(comment.question_id)
    locked = Comment.objects.select_related("answer").get(pk=comment.pk)
    locked.question = question
    if locked.answer is not None:
        locked.answer.question = question
    return locked


def change_question(question: Question, **columns) -> None:
    """Writes columns of the thread and takes its next version: what readers keep of it is no longer good."""
    Question.objects.filter(pk=question.pk).update(version=F("version") + 1, **columns)
    for name, value in columns.items():
        if not hasattr(value, "resolve_expression"):
            setattr(question, name, value)


def change_post(post, **columns) -> None:
    """The same for any post of the thread: a question, an answer or a comment."""
    if isinstance(post, Question):
        change_question(post, **columns)
        return
    type(post).objects.filter(pk=post.pk).update(**columns)
    for name, value in columns.items():
        if not hasattr(value, "resolve_expression"):
            setattr(post, name, value)
    change_question(post.question)


def one_less(counter: str) -> Greatest:
    """A count that drifted never keeps a post from being hidden or deleted."""
    return Greatest(F(counter) - 1, 0)


def require_still(allowed: Callable[[Any, Question], bool], actor, read: Question, locked: Question) -> None:
    """The guard again, when the thread was moved between the moment it was read and the moment it was locked."""
    if locked.space_id != read.space_id:
        permissions.require(allowed(actor, locked))


def require_open(question: Question) -> None:
    if question.is_gone:
        raise Refused(_("Cette question n’est plus publiée : elle ne prend plus de message."))
    if question.state == ThreadState.EMBARGOED:
        raise Refused(_("Cette question n’est pas encore publiée : publiez-la d’abord."))
    if question.state == ThreadState.CLOSED:
        raise Refused(_("Cette question est close : elle ne prend plus de message. Vous pouvez en poser une autre."))


def require_published(post) -> None:
    """Neither hidden nor deleted, in a published thread."""
    question = post if isinstance(post, Question) else post.question
    if post.is_gone or question.is_gone:
        raise Refused(_("Ce message n’est plus publié. Rechargez la page."))
    if question.state == ThreadState.EMBARGOED:
        raise Refused(_("Cette question n’est pas encore publiée."))
