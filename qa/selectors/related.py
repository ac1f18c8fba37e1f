"""What a thread is tied to: duplicates both ways, links both ways, resemblance; all of it checked for its reader."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Q

from community.core import contents, ports, references
from community.core.sight import PreparedSight
from community.spaces.models import SpaceVisibility

from ..models import Question

MAX_SIMILAR = 5
MAX_LINKED = 8
MAX_DUPLICATES = 12
# Resemblance changes slowly and is dear to compute; the right to see is asked each time.
SIMILAR_SECONDS = 6 * 3600


@dataclass
class Related:
    duplicate_of: Question | None = None
    duplicates: list[Question] = field(default_factory=list)
    similar: list[Question] = field(default_factory=list)
    linked_questions: list[Question] = field(default_factory=list)
    linked_others: list = field(default_factory=list)

    @property
    def questions(self) -> list[Question]:
        own = [self.duplicate_of] if self.duplicate_of else []
        return own + self.duplicates + self.similar + self.linked_questions


def related_to(viewer, question: Question, answer_ids: list[int]) -> Related:
    """`answer_ids` are the answers of the page, whose links count as the thread's."""
    keys = references.linked_keys({"question": [question.pk], "answer": answer_ids})
    linked = [pk for kind, pk in keys if kind == "question" and pk != question.pk]
    similar = similar_ids(viewer, question)
    wanted = [*linked, *similar, question.duplicate_of_id or 0]
    found = {each.pk: each for each in _related.rows(viewer, question=question.pk, ids=wanted)}
    duplicates = [each for each in found.values() if each.duplicate_of_id == question.pk][:MAX_DUPLICATES]
    apart = {question.pk, question.duplicate_of_id, *(each.pk for each in duplicates)}
    shown_links = [found[pk] for pk in sorted(linked) if pk in found and pk not in apart][:MAX_LINKED]
    apart |= {each.pk for each in shown_links}
    return Related(
        duplicate_of=found.get(question.duplicate_of_id or 0),
        duplicates=duplicates,
        similar=[found[pk] for pk in similar if pk in found and pk not in apart][:MAX_SIMILAR],
        linked_questions=shown_links,
        linked_others=_others(viewer, question, keys),
    )


def _related_questions(viewer, question: int, ids: list[int]):
    questions = Question.objects.visible_to(viewer).filter(Q(pk__in=ids) | Q(duplicate_of=question))
    return questions.only("title", "slug", "answer_count", "accepted_answer", "duplicate_of", "version")[:100]


_related = PreparedSight(_related_questions)


def _others(viewer, question: Question, keys: set[tuple[str, int]]) -> list:
    visible = contents.visible_in_bulk(viewer, [key for key in keys if key[0] != "question"])
    elsewhere = [each for each in visible.values() if getattr(each, "question_id", None) != question.pk]
    return elsewhere[:MAX_LINKED]


def similar_ids(viewer, question: Question) -> list[int]:
    """Ids of the questions that resemble this one; in a private space, among what this reader sees."""
    private = question.space is not None and question.space.visibility != SpaceVisibility.OPEN
    reader = viewer if private and viewer.is_authenticated else AnonymousUser()
    key = f"similar:{question.pk}:{reader.pk or 0}:{question.edit_count}"
    ids = cache.get(key)
    if ids is None:
        found = ports.similar(reader, "question", question.title, limit=MAX_SIMILAR + 1)
        ids = [each.pk for each in found if each.pk != question.pk]
        cache.set(key, ids, SIMILAR_SECONDS if ids else ports.NOTHING_SIMILAR_SECONDS)
    return ids
