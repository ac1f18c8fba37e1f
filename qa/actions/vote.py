from django.db import transaction
from django.db.models import F

from community.core.events import MarkedUseful, UnmarkedUseful, emit
from community.core.ratelimits import spend
from qa import limits, permissions
from qa.models import Answer, Question, Vote

from .thread import change_post, lock_answer, lock_question


@transaction.atomic
def mark_useful(*, post: Question | Answer, actor) -> bool:
    """« Utile », once a member and a post; False when it was said before."""
    permissions.require(permissions.can_vote(actor, post))
    post = _lock(post)
    permissions.require(permissions.can_vote(actor, post))
    if Vote.objects.filter(member=actor, **_key(post)).exists():
        return False
    spend(limits.VOTE, actor=actor)
    Vote.objects.create(member=actor, **_key(post))
    change_post(post, useful_count=F("useful_count") + 1)
    emit(MarkedUseful(**_ids(post)))
    return True


@transaction.atomic
def unmark_useful(*, post: Question | Answer, actor) -> bool:
    """Takes one's « utile » back; False when there was none."""
    permissions.require(permissions.can_vote(actor, post))
    post = _lock(post)
    if not Vote.objects.filter(member=actor, **_key(post)).delete()[0]:
        return False
    change_post(post, useful_count=F("useful_count") - 1)
    emit(UnmarkedUseful(**_ids(post)))
    return True


def _lock(post: Question | Answer) -> Question | Answer:
    return lock_answer(post) if isinstance(post, Answer) else lock_question(post.pk)


def _key(post: Question | Answer) -> dict:
    return {"answer": post} if isinstance(post, Answer) else {"question": post}


def _ids(post: Question | Answer) -> dict:
    if isinstance(post, Answer):
        return {"question_id": post.question_id, "answer_id": post.pk}
    return {"question_id": post.pk}
