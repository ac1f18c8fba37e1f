from django.db import transaction
from django.utils.translation import gettext as _

from community.core.errors import Invalid, Refused
from community.core.events import QuestionStateChanged, emit
from qa import permissions
from qa.models import Question, ThreadState

from .state import close, record_power, reopen
from .thread import change_question, require_published


@transaction.atomic
def mark_duplicate(*, question: Question, original: Question, actor) -> Question:
    """Closes a question as asked before: each shows the other. Chains are flattened, so a duplicate always points at
    a question that is not one; a question that others duplicate hands them over.
    """
    permissions.require(permissions.can_close(actor, question))
    permissions.require(permissions.can_view_question(actor, original))
    question, original = _lock_both(question, original)
    require_published(question)
    settled = question.state == ThreadState.CLOSED and question.closed_by_id != actor.pk
    if settled and not permissions.can_moderate(actor, question):
        # Closed in her turn by the asker, it would be hers to reopen.
        raise Refused(_("L’animation a clos cette question : demandez-lui de la rapprocher d’une autre."))
    if original.is_gone or original.state == ThreadState.EMBARGOED:
        raise Invalid(_("La question d’origine n’est pas publiée. Indiquez-en une autre."), field="original")
    if original.pk == question.pk:
        raise Invalid(_("Une question n’est pas le doublon d’elle-même ou de son propre doublon."), field="original")
    if not permissions.can_view_question(actor, original):
        raise Invalid(_("Cette question n’a pas été trouvée."), field="original")
    close(question, actor=actor, reason=_("Question déjà posée"), duplicate_of=original)
    change_question(original)
    for follower in Question.objects.filter(duplicate_of=question):
        change_question(follower, duplicate_of=original)
    record_power("mark_duplicate", question, actor=actor)
    emit(QuestionStateChanged(question_id=question.pk, change="duplicate", by_id=actor.pk))
    return question


@transaction.atomic
def unmark_duplicate(*, question: Question, actor) -> Question:
    permissions.require(permissions.can_close(actor, question))
    original_id = question.duplicate_of_id
    question, original = _lock_both(question, question.duplicate_of or question)
    if question.duplicate_of_id is None or question.duplicate_of_id != original_id:
        raise Refused(_("Cette question n’est pas un doublon. Rechargez la page."))
    if question.closed_by_id != actor.pk and not permissions.can_moderate(actor, question):
        raise Refused(_("L’animation a rapproché ces questions : demandez-lui de les séparer."))
    reopen(question)
    change_question(original)
    record_power("unmark_duplicate", question, actor=actor)
    emit(QuestionStateChanged(question_id=question.pk, change="not_duplicate", by_id=actor.pk))
    return question


def _lock_both(question: Question, original: Question) -> tuple[Question, Question]:
    """Both threads, locked in the order of their keys, the second being followed to the end of its chain."""
    root_id = original.pk
    seen = set()
    while root_id not in seen:
        seen.add(root_id)
        root_id = Question.objects.values_list("duplicate_of", flat=True).get(pk=root_id) or root_id
    keys = {question.pk, root_id}
    rows = Question.objects.select_for_update(of=("self",)).select_related("space").filter(pk__in=keys).order_by("pk")
    locked = {row.pk: row for row in rows}
    return locked[question.pk], locked[root_id]
