"""Changing what a post says, with a public history.

A post never edited has no revision. Its first edit stores two: number 1, the text as it was posted, and number 2. A
correction made by the author within five minutes, before anybody replied, and of at most a hundred characters, leaves
no trace.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.errors import Refused
from community.core.events import AnswerEdited, QuestionEdited, emit
from community.core.ratelimits import spend
from qa import limits, permissions
from qa.models import Answer, PostRevision, Question, ThreadState

from .ask import Filing, set_filing, set_tags, set_title, write_typed_question
from .files import withhold_files
from .texts import Written, one_line, record_text, require_length, write_typed_body
from .thread import change_question, lock_answer, lock_question

MAX_REASON = 200


@transaction.atomic
def edit_question(
    *,
    question: Question,
    actor,
    title: str,
    body: str,
    tried: str,
    filing: Filing,
    tags: tuple[str, ...],
    reason: str = "",
    expected_edits: int | None = None,
) -> Question:
    """Its author, a moderator, or on a wiki whoever may write there. What is unchanged makes no revision.

    `expected_edits` is the count of edits that the editor had read: a text changed since is not overwritten.
    """
    permissions.require(permissions.can_edit(actor, question))
    question = lock_question(question.pk)
    permissions.require(permissions.can_edit(actor, question))
    require_editable(question, question, actor=actor)
    _require_unchanged(question, expected_edits)
    reason = _check_reason(reason)
    before = snapshot_question(question)
    set_title(question, title)
    set_filing(question, filing)
    written = write_typed_question(question, body=body, tried=tried, actor=actor)
    set_tags(question, tags)
    if before != snapshot_question(question):
        spend(limits.EDIT, actor=actor)
        store_question(question, before, written, actor=actor, reason=reason)
    return question


@transaction.atomic
def edit_answer(*, answer: Answer, actor, body: str, reason: str = "", expected_edits: int | None = None) -> Answer:
    permissions.require(permissions.can_edit(actor, answer))
    answer = lock_answer(answer)
    permissions.require(permissions.can_edit(actor, answer))
    require_editable(answer, answer.question, actor=actor)
    _require_unchanged(answer, expected_edits)
    reason = _check_reason(reason)
    before = {"body": answer.body}
    written = write_typed_body(answer, body, actor=actor)
    if before["body"] != answer.body:
        spend(limits.EDIT, actor=actor)
        store_answer(answer, before, written, actor=actor, reason=reason)
    return answer


def store_question(question: Question, before: dict, written: Written, *, actor, reason: str) -> None:
    """Writes what was put on the locked question, and says so; `before` is its snapshot."""
    columns = [*Question.RICH_TEXT_FIELDS, "title", "slug", "tried", "tried_html", *Filing.__dataclass_fields__]
    is_told = _record(question, before, snapshot_question(question), actor=actor, reason=reason, columns=columns)
    change_question(question)
    record_text(question, written, actor=actor)
    withhold_files(question, may_hide=not is_told)
    emit(QuestionEdited(question_id=question.pk, by_id=actor.pk, mentioned_ids=written.mentioned_ids))


def store_answer(answer: Answer, before: dict, written: Written, *, actor, reason: str) -> None:
    columns = list(Answer.RICH_TEXT_FIELDS)
    is_told = _record(answer, before, {"body": answer.body}, actor=actor, reason=reason, columns=columns)
    change_question(answer.question)
    record_text(answer, written, actor=actor)
    withhold_files(answer, may_hide=not is_told)
    emit(
        AnswerEdited(
            answer_id=answer.pk,
            question_id=answer.question_id,
            by_id=actor.pk,
            mentioned_ids=written.mentioned_ids,
        )
    )


def snapshot_question(question: Question) -> dict:
    """What a revision keeps of a question; one query, for its tags."""
    return {
        "title": question.title,
        "body": question.body,
        "tried": question.tried,
        "tags": ", ".join(sorted(tag.name for tag in question.tags.all())),
        "facts": describe_filing(question),
    }


def describe_filing(question: Question) -> str:
    """What the question is filed under, a line each, as the history shows it."""
    lines = [
        (_("Famille d’achats"), question.family),
        (_("Thème"), question.theme),
        (_("Code CPV"), question.cpv),
        (_("Territoire"), question.territory),
        (_("Montant"), question.get_amount_display()),
        (_("Procédure"), question.get_procedure_display()),
        (_("Étape"), question.get_stage_display()),
        (_("Réponse utile avant le"), f"{question.needed_by:%d/%m/%Y}" if question.needed_by else ""),
    ]
    return "\n".join(f"{name}\u00a0: {value}" for name, value in lines if value)


def require_editable(post, question: Question, *, actor) -> None:
    """A closed thread is settled: only its moderators still mend it."""
    if question.state == ThreadState.CLOSED and not permissions.can_moderate(actor, question):
        raise Refused(_("Cette question est close : ses messages ne se modifient plus."))
    if post.is_gone and not permissions.can_moderate(actor, question):
        raise Refused(_("Ce message n’est plus publié : il ne se modifie plus."))


def _require_unchanged(post, expected_edits: int | None) -> None:
    if expected_edits is not None and post.edit_count != expected_edits:
        raise Refused(
            _(
                "Ce texte a été modifié pendant que vous écriviez. Relisez la version publiée dans un autre onglet, "
                "reprenez ce qu’elle apporte, puis enregistrez de nouveau."
            )
        )


def _check_reason(reason: str) -> str:
    reason = one_line(reason)
    require_length(reason, MAX_REASON, field="reason")
    return reason


def _record(post, before: dict, after: dict, *, actor, reason: str, columns: list[str]) -> bool:
    """Writes the columns; and, unless it is a correction without trace, the revision and the mark of the edit. Says
    whether readers may open every version there was.
    """
    if leaves_no_trace(post, before, after, actor=actor):
        post.save(update_fields=columns)
        return False  # the text before is in no version
    now = timezone.now()
    owner = {"answer": post} if isinstance(post, Answer) else {"question": post}
    own = actor.pk == post.author_id
    past = PostRevision.objects.filter(**owner).aggregate(last=Max("number"), hidden=Count("hidden_at"))
    last = past["last"]
    if last is None:
        first = {"author_id": post.author_id, "by_post_author": True, "created_at": post.created_at}
        PostRevision.objects.create(**owner, number=1, **first, **before)
        last = 1
    PostRevision.objects.create(
        **owner, number=last + 1, author=actor, by_post_author=own, created_at=now, reason=reason, **after
    )
    post.edited_at = now
    post.save(update_fields=[*columns, "edited_at"])
    type(post).objects.filter(pk=post.pk).update(edit_count=F("edit_count") + 1)
    return past["hidden"] == 0


def leaves_no_trace(post, before: dict, after: dict, *, actor) -> bool:
    """A question under embargo has no readers, so no history either."""
    question = post if isinstance(post, Question) else post.question
    if actor.pk != post.author_id:
        return False
    if question.state == ThreadState.EMBARGOED:
        return True
    if timezone.now() - post.created_at > timedelta(seconds=limits.GRACE_SECONDS) or post.edit_count:
        return False
    replied = question.post_count > (post.position if isinstance(post, Answer) else 1)
    if replied or post.comment_count or post.useful_count or _is_relied_on(post, question):
        return False
    changed = sum(changed_characters(str(before[name]), str(after[name])) for name in before)
    return changed <= limits.GRACE_CHARACTERS


def _is_relied_on(post: Question | Answer, question: Question) -> bool:
    """Somebody accepted, judged or doubted these very words, or has the same need."""
    if isinstance(post, Question):
        return post.same_need_count > 0
    return post.endorsement_count > 0 or post.doubt_count > 0 or question.accepted_answer_id == post.pk


def changed_characters(before: str, after: str) -> int:
    """The length of what stands between the common beginning and the common end of two texts."""
    shortest = min(len(before), len(after))
    start = next((index for index in range(shortest) if before[index] != after[index]), shortest)
    end = next(
        (index for index in range(shortest - start) if before[-1 - index] != after[-1 - index]), shortest - start
    )
    return max(len(before), len(after)) - start - end
