"""The citations of the law that a post holds, brought up to date in one go; the text that was stays in its history."""

from django.db import transaction

from community.core.mending import Mending, nothing_to_mend
from qa import permissions
from qa.models import Answer, Question

from .ask import set_title, write_question
from .edit import MAX_REASON, require_editable, snapshot_question, store_answer, store_question
from .texts import write_body
from .thread import lock_answer, lock_question


def texts_of(post: Question | Answer) -> list[str]:
    return [post.title, post.body, post.tried] if isinstance(post, Question) else [post.body]


@transaction.atomic
def mend_question(*, question: Question, actor, mending: Mending) -> None:
    """By those who may change it and, in the open community, by jurists. Raises Refused when it changed since."""
    permissions.require(permissions.can_mend(actor, question))
    question = lock_question(question.pk)
    require_editable(question, question, actor=actor)
    mending.require_unchanged(texts_of(question))
    before = snapshot_question(question)
    title, body, tried = map(mending.words, texts_of(question))
    set_title(question, title)
    written = write_question(question, body=body, tried=tried, actor=actor)
    if before == snapshot_question(question):
        raise nothing_to_mend()
    store_question(question, before, written, actor=actor, reason=mending.reason[:MAX_REASON])


@transaction.atomic
def mend_answer(*, answer: Answer, actor, mending: Mending) -> None:
    permissions.require(permissions.can_mend(actor, answer))
    answer = lock_answer(answer)
    require_editable(answer, answer.question, actor=actor)
    mending.require_unchanged(texts_of(answer))
    before = {"body": answer.body}
    written = write_body(answer, mending.words(answer.body), actor=actor)
    if before["body"] == answer.body:
        raise nothing_to_mend()
    store_answer(answer, before, written, actor=actor, reason=mending.reason[:MAX_REASON])
