from itertools import chain

from django.db import transaction
from django.utils.translation import gettext as _

from community.core import audit
from community.core.errors import Invalid
from community.core.events import QuestionMoved, emit
from community.members.models import Member
from community.notifications.actions import drop_subscriptions_of_non_readers
from community.spaces.models import Space
from community.spaces.pseudonyms import pseudonym_number
from qa import permissions
from qa.models import Answer, Comment, Naming, Question

from .texts import require_reason
from .thread import change_question, lock_question, require_published

MAX_REASON = 300


@transaction.atomic
def move_question(*, question: Question, space: Space | None, actor, reason: str) -> Question:
    """Takes a thread to another space (none: the open community), by someone who moderates both.

    Everybody keeps the name they chose; the anonymous get their pseudonym of that place, so that the two do not link.
    Links to the thread and from it stay. Those who may no longer read it stop following it at once.
    """
    permissions.require(permissions.can_move(actor, question, space))
    reason = require_reason(reason, most=MAX_REASON)
    question = lock_question(question.pk)
    permissions.require(permissions.can_move(actor, question, space))
    require_published(question)
    origin = question.space
    target = space.pk if space else None
    if question.space_id == target:
        raise Invalid(_("La question est déjà dans cet espace. Choisissez-en un autre."), field="space")
    if space is not None and space.archived_at is not None:
        raise Invalid(_("Cet espace est archivé : il ne prend plus de question."), field="space")
    for member in _anonymous_authors(question):
        pseudonym_number(space, member)
    change_question(question, space=space)
    drop_subscriptions_of_non_readers(kind="question", pk=question.pk)
    for place in (origin, space):
        audit.record(
            "move_question",
            actor=actor,
            kind="question",
            object_id=question.pk,
            space_id=place.pk if place else None,
            reason=reason,
        )
    emit(QuestionMoved(question_id=question.pk, from_space_id=origin.pk if origin else None, to_space_id=target))
    return question


def _anonymous_authors(question: Question) -> list[Member]:
    anonymous = {"naming": Naming.ANONYMOUS}
    ids = set(
        chain(
            Answer.objects.filter(question=question, **anonymous).values_list("author_id", flat=True),
            Comment.objects.filter(question=question, **anonymous).values_list("author_id", flat=True),
        )
    )
    if question.naming == Naming.ANONYMOUS:
        ids.add(question.author_id)
    return list(Member.objects.filter(pk__in=ids))
