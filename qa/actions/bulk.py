"""The door of imports and of demo content: the invariants of the ordinary actions, one transaction and one event a
batch, and no guard, which each name says. What was already imported (`source`, `source_id`) is left as it is.

Texts are stored unrendered: the `rerender` command, or whoever reads first, renders them.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.core.events import ContentsImported, emit
from community.core.models import Reference
from community.core.richtext import MAX_MARKDOWN
from community.core.slugs import slug_of
from community.members.models import Member
from community.taxonomy.tags import clean_names, tags_by_name_in_bulk
from community.taxonomy.text import fold
from qa.models import Answer, Comment, PostRevision, Question, QuestionTag, ThreadState


@dataclass(frozen=True, kw_only=True)
class ImportedText:
    """What questions, answers and comments that come from elsewhere carry; the attribution is shown beside them.

    `text` is normalised already (`richtext.normalise_text`), Markdown but for comments.
    """

    source_id: str
    author_id: int
    text: str
    created_at: datetime
    attribution_name: str = ""
    attribution_url: str = ""
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportedPost(ImportedText):
    edited_at: datetime | None = None
    edit_count: int = 0
    useful: int = 0
    is_wiki: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportedQuestion(ImportedPost):
    """`extra`: other columns of the question, such as its family or its kind."""

    title: str
    tags: tuple[str, ...] = ()
    closed_at: datetime | None = None
    close_reason: str = ""
    extra: dict = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ImportedAnswer(ImportedPost):
    """`accepted_at`: when the question kept this answer, if it did."""

    question_id: int
    accepted_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ImportedComment(ImportedText):
    question_id: int
    answer_id: int | None = None


@transaction.atomic
def find_or_create_ghosts_unguarded(names: dict[str, str]) -> dict[str, int]:
    """The keys of the ghosts of these addresses (under `.invalid`), by address; those missing are created."""
    found = dict(Member.objects.filter(email__in=names).values_list("email", "pk"))
    missing = [
        Member(
            email=email,
            first_name=name[:150],
            folded_name=fold(name[:150]),
            is_ghost=True,
            is_active=False,
            password=make_password(None),
        )
        for email, name in names.items()
        if email not in found
    ]
    Member.objects.bulk_create(missing)
    return found | {member.email: member.pk for member in missing}


@transaction.atomic
def import_questions_unguarded(*, source: str, space, rows: list[ImportedQuestion]) -> list[Question]:
    """The questions that were not there yet, with their tags. Raises nothing on a text too long: check before."""
    rows = _not_yet(Question, source, rows)
    questions = [
        Question(
            **_post_columns(row, source),
            space=space,
            title=row.title,
            slug=slug_of(row.title),
            last_activity_at=row.created_at,
            state=ThreadState.CLOSED if row.closed_at else row.extra.get("state", ThreadState.OPEN),
            closed_at=row.closed_at,
            close_reason=row.close_reason,
            **{name: value for name, value in row.extra.items() if name != "state"},
        )
        for row in rows
    ]
    Question.objects.bulk_create(questions)
    _file_under_tags(questions, rows)
    _emit("question", questions)
    return questions


@transaction.atomic
def import_answers_unguarded(*, source: str, rows: list[ImportedAnswer]) -> list[Answer]:
    """Answers take the next numbers of their threads in the order of `rows`; counters, last activity and acceptance
    of the threads are written with them. An acceptance made meanwhile by a member stays.
    """
    wanted = {row.question_id for row in rows}
    # The threads are held first, so that two imports at once do not take the same answer in twice.
    threads = Question.objects.select_for_update().in_bulk(wanted)
    rows = _not_yet(Answer, source, rows)
    touched = {row.question_id for row in rows}
    answers = []
    for row in rows:
        thread = threads[row.question_id]
        thread.post_count += 1
        thread.answer_count += 1
        thread.last_activity_at = max(thread.last_activity_at, row.created_at)
        answers.append(Answer(**_post_columns(row, source), question=thread, position=thread.post_count))
    Answer.objects.bulk_create(answers)
    for row, answer in zip(rows, answers, strict=True):
        thread = threads[row.question_id]
        if row.accepted_at and thread.accepted_answer_id is None:
            thread.accepted_answer = answer
            thread.accepted_by_id = thread.author_id
            thread.accepted_at = row.accepted_at
    columns = ("post_count", "answer_count", "last_activity_at", "accepted_answer", "accepted_by", "accepted_at")
    for thread in (threads[pk] for pk in touched):
        values = {name: getattr(thread, name) for name in columns}
        Question.objects.filter(pk=thread.pk).update(version=F("version") + 1, **values)
    _emit("answer", answers)
    return answers


@transaction.atomic
def import_comments_unguarded(*, source: str, rows: list[ImportedComment]) -> list[Comment]:
    rows = _not_yet(Comment, source, rows)
    comments = [
        Comment(
            source=source,
            source_id=row.source_id,
            author_id=row.author_id,
            question_id=row.question_id,
            answer_id=row.answer_id,
            text=row.text,
            created_at=row.created_at,
            attribution_name=row.attribution_name,
            attribution_url=row.attribution_url,
            licence=row.licence,
        )
        for row in rows
    ]
    Comment.objects.bulk_create(comments)
    _count_comments(Question, Counter(row.question_id for row in rows if row.answer_id is None))
    _count_comments(Answer, Counter(row.answer_id for row in rows if row.answer_id is not None))
    Question.objects.filter(pk__in={row.question_id for row in rows}).update(version=F("version") + 1)
    _emit("comment", comments)
    return comments


@transaction.atomic
def import_revisions_unguarded(revisions: list[PostRevision]) -> None:
    """Whole histories of posts that have none: the caller says which."""
    PostRevision.objects.bulk_create(revisions)


@transaction.atomic
def set_imported_useful_unguarded(model: type[Question] | type[Answer], counts: dict[int, int]) -> int:
    """The up-votes that came with an import, by key of post; members' own votes are kept beside. Returns how many
    posts changed.
    """
    posts = model.objects.select_for_update().filter(pk__in=counts).only("pk", "imported_useful")
    changed = [post for post in posts if post.imported_useful != counts[post.pk]]
    for post in changed:
        added = counts[post.pk] - post.imported_useful
        model.objects.filter(pk=post.pk).update(imported_useful=counts[post.pk], useful_count=F("useful_count") + added)
    return len(changed)


@transaction.atomic
def import_references_unguarded(
    keys: list[tuple[str, int, str, int]], *, imported: bool
) -> list[tuple[str, int, str, int]]:
    """Links between contents, as (kind, pk, kind, pk); those that were not there yet are returned. `imported` ones
    came beside the text of their post, and stay when it is edited.
    """
    columns = ("source_kind", "source_id", "target_kind", "target_id")
    known = set(Reference.objects.filter(source_id__in={key[1] for key in keys}).values_list(*columns))
    missing = [key for key in dict.fromkeys(keys) if key not in known and key[:2] != key[2:]]
    rows = [Reference(**dict(zip(columns, key, strict=True)), imported=imported) for key in missing]
    Reference.objects.bulk_create(rows)
    return missing


@transaction.atomic
def replace_imported_texts_unguarded(model: type[Question] | type[Answer], texts: dict[int, tuple[str, str]]) -> int:
    """(text as it was read, text to put in its place), by key of post; to be rendered again. One that a member changed
    meanwhile is left. Returns how many posts changed.
    """
    changed = 0
    for pk, (before, after) in texts.items():
        changed += model.objects.filter(pk=pk, body=before).update(body=after, renderer_version=0)
    return changed


@transaction.atomic
def mark_duplicates_unguarded(pairs: list[tuple[int, int]], *, reason: str) -> int:
    """(question, original): closed as asked before. Chains are flattened, so that a duplicate points at an original."""
    marked = 0
    for question_id, original_id in pairs:
        threads = Question.objects.select_for_update().in_bulk([question_id, original_id])
        if len(threads) < 2 or threads[question_id].duplicate_of_id:
            continue
        root = threads[original_id].duplicate_of_id or original_id
        if root == question_id:
            continue
        closed_at = threads[question_id].closed_at or timezone.now()
        Question.objects.filter(pk=question_id).update(
            duplicate_of=root, state=ThreadState.CLOSED, closed_at=closed_at, close_reason=reason
        )
        Question.objects.filter(duplicate_of=question_id).update(duplicate_of=root)
        marked += 1
    return marked


def already_imported(model, source: str, source_ids) -> set[str]:
    return set(model.objects.filter(source=source, source_id__in=source_ids).values_list("source_id", flat=True))


def _not_yet(model, source: str, rows: list) -> list:
    """A row that comes twice in a batch counts once."""
    once = {row.source_id: row for row in rows}
    known = already_imported(model, source, once)
    return [row for source_id, row in once.items() if source_id not in known]


def _post_columns(row: ImportedPost, source: str) -> dict:
    if not row.text.strip() or len(row.text) > MAX_MARKDOWN:
        raise ValueError(f"{source} {row.source_id}: {len(row.text)} characters")
    return {
        "source": source,
        "source_id": row.source_id,
        "author_id": row.author_id,
        "body": row.text,
        "created_at": row.created_at,
        "edited_at": row.edited_at,
        "edit_count": row.edit_count,
        "useful_count": row.useful,
        "imported_useful": row.useful,
        "is_wiki": row.is_wiki,
        "attribution_name": row.attribution_name,
        "attribution_url": row.attribution_url,
        "licence": row.licence,
    }


def _file_under_tags(questions: list[Question], rows: list[ImportedQuestion]) -> None:
    names = [clean_names(list(row.tags)) for row in rows]
    tags = tags_by_name_in_bulk([name for each in names for name in each])
    items = []
    for question, each in zip(questions, names, strict=True):
        chosen = {tags[name].pk: tags[name] for name in each}
        items += [QuestionTag(content_object=question, tag=tag) for tag in chosen.values()]
    QuestionTag.objects.bulk_create(items)


def _count_comments(model, added: Counter) -> None:
    by_number = defaultdict(list)
    for pk, number in added.items():
        by_number[number].append(pk)
    for number, pks in by_number.items():
        model.objects.filter(pk__in=pks).update(comment_count=F("comment_count") + number)


def _emit(kind: str, objects: list) -> None:
    if objects:
        emit(ContentsImported(kind=kind, ids=tuple(row.pk for row in objects)))
