from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import audit
from community.core.errors import Refused
from community.core.events import RevisionStateChanged, emit
from qa import permissions
from qa.models import PostRevision

from .files import withhold_files
from .texts import require_reason
from .thread import change_question, lock_question

MAX_REASON = 300


@transaction.atomic
def hide_revision(*, revision: PostRevision, actor, reason: str) -> PostRevision:
    """A moderator takes a past version out of the public history: a secret that an edit removed must not stay there.
    The present text is hidden with its post, not here.
    """
    permissions.require(permissions.can_hide(actor, revision.post))
    reason = require_reason(reason, most=MAX_REASON)
    question = lock_question(revision.thread.pk)
    revision = PostRevision.objects.get(pk=revision.pk)
    if revision.hidden_at is not None:
        raise Refused(_("Cette version est déjà masquée."))
    if not revision.post.revisions.filter(number__gt=revision.number).exists():
        raise Refused(_("Cette version est le texte publié\u00a0: modifiez-le, ou masquez le message."))
    _set_hidden(revision, question, actor=actor, hidden=True, reason=reason)
    return revision


@transaction.atomic
def restore_revision(*, revision: PostRevision, actor) -> PostRevision:
    permissions.require(permissions.can_hide(actor, revision.post))
    question = lock_question(revision.thread.pk)
    revision = PostRevision.objects.get(pk=revision.pk)
    if revision.hidden_at is None:
        raise Refused(_("Cette version n’est pas masquée."))
    _set_hidden(revision, question, actor=actor, hidden=False, reason="")
    return revision


def _set_hidden(revision: PostRevision, question, *, actor, hidden: bool, reason: str) -> None:
    PostRevision.objects.filter(pk=revision.pk).update(hidden_at=timezone.now() if hidden else None)
    revision.refresh_from_db()
    change_question(question)
    withhold_files(revision.post)
    audit.record(
        "hide_revision" if hidden else "restore_revision",
        actor=actor,
        kind="answer" if revision.answer_id else "question",
        object_id=revision.answer_id or revision.question_id,
        space_id=question.space_id,
        reason=reason,
        number=revision.number,
    )
    emit(
        RevisionStateChanged(
            revision_id=revision.pk,
            question_id=question.pk,
            answer_id=revision.answer_id,
            hidden=hidden,
            by_id=actor.pk,
        )
    )
