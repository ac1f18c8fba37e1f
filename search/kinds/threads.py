"""Questions and answers: one document a post, carrying its thread."""

from collections.abc import Iterable
from math import log

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from community.core.uploads.naming import ATTACHMENTS
from community.members.display import displayed
from qa.models import Answer, Naming, Question, QuestionTag, ThreadState
from search.documents import Document, DocumentKind, in_space, moderators_of, only


def signed_name(post: Question | Answer) -> str:
    """The name shown with the post; nothing for whoever chose not to be named."""
    return displayed(post.author).name if post.naming == Naming.NAME else ""


def words_of(post: Question | Answer) -> str:
    """Its text; an imported one that was not rendered yet is found by its Markdown."""
    return post.body_text if post.renderer_version else post.body


def readers(post: Question | Answer, question: Question) -> tuple[str, ...]:
    """Who may find a post: as `permissions.can_view_question` and `can_view_answer`, told by names."""
    if question.state == ThreadState.EMBARGOED:
        return (only(question.author_id),)
    own = {post.author_id} if post.hidden_at is not None else set()
    if question.hidden_at is not None:
        # Below a hidden question, its author and those who moderate there read on.
        own = own & {question.author_id} if own else {question.author_id}
    if question.hidden_at is None and post.hidden_at is None:
        return (in_space(question.space_id),)
    return (moderators_of(question.space_id), *map(only, sorted(own)))


def items_of_tags(path: str) -> Prefetch:
    """The tags by their rows: taggit's own prefetch asks what kind of tags they are each time."""
    return Prefetch(path, QuestionTag.objects.select_related("tag"))


def tag_names(question: Question) -> list[str]:
    return [item.tag.name for item in question.tagged_items.all()]


def thread_fields(question: Question) -> dict:
    """What a post takes from its thread."""
    family = question.family
    return {
        "thread": ("question", question.pk),
        "space_id": question.space_id,
        # Whether a newcomer may read the past is asked of the thread, for all its posts.
        "opened": question.created_at,
        "owner_id": question.author_id,
        "family_id": question.family_id,
        "top_family_id": (family.parent_id or family.pk) if family else None,
        "facets": {"motcle": tuple(tag_names(question))},
    }


def surroundings(question: Question) -> list[str]:
    family, cpv = question.family, question.cpv
    words = tag_names(question)
    if family:
        words += [family.label, family.parent.label if family.parent else ""]
    if question.theme:
        words.append(question.theme.label)
    if cpv:
        words += ["CPV", cpv.code, cpv.label]
    return words


def weight_of(post: Question | Answer, *, bonus: float = 0.0) -> float:
    """Useful posts come a little before, never before better matches."""
    return 1.0 + 0.06 * log(1 + max(post.useful_count, 0)) + bonus


class QuestionDocuments(DocumentKind):
    name = "question"
    model = Question
    tab = "questions"
    carries_files = True
    signer = "author"

    def cites_files(self, question: Question) -> bool:
        return ATTACHMENTS in question.body or ATTACHMENTS in question.tried

    def queryset(self):
        related = ("author__claimed_by", "author__organisation", "family__parent", "theme", "cpv")
        return Question.objects.select_related(*related).prefetch_related(items_of_tags("tagged_items"))

    def build(self, question: Question) -> Iterable[Document]:
        if question.deleted_at is not None:
            return
        yield Document(
            kind="question",
            pk=question.pk,
            acl=readers(question, question),
            written=question.created_at,
            signed=signed_name(question),
            title=question.title,
            body="\n".join(filter(None, (words_of(question), question.tried))),
            context=" ".join(surroundings(question)),
            state=state_of(question),
            weight=weight_of(question, bonus=0.12 if question.is_resolved else 0.0),
            **thread_fields(question),
        )

    def related_keys(self, keys: Iterable[int]) -> Iterable[tuple[str, int]]:
        found = Answer.objects.filter(question__in=list(keys)).values_list("pk", flat=True)
        return [("answer", pk) for pk in found]

    def line(self, question: Question) -> list[str]:
        count = question.answer_count
        words = [
            str(question.get_kind_display()),
            ngettext("%(count)d réponse", "%(count)d réponses", count) % {"count": count},
        ]
        if question.is_resolved:
            words.append(_("résolue"))
        elif question.state == ThreadState.CLOSED:
            words.append(pgettext("état d’un échange", "close"))
        return [*words, month(question)]


class AnswerDocuments(DocumentKind):
    name = "answer"
    model = Answer
    tab = "questions"
    carries_files = True
    signer = "author"
    locks = ("self", "question")

    def cites_files(self, answer: Answer) -> bool:
        return ATTACHMENTS in answer.body

    def queryset(self):
        author = ("author__claimed_by", "author__organisation")
        related = (*author, "question__family__parent", "question__theme", "question__cpv")
        return Answer.objects.select_related(*related).prefetch_related(items_of_tags("question__tagged_items"))

    def queryset_of_many(self):
        shared = ("author__claimed_by", "author__organisation", "question__theme", "question__cpv")
        tags = items_of_tags("question__tagged_items")
        return Answer.objects.select_related("question").prefetch_related(*shared, "question__family__parent", tags)

    def build(self, answer: Answer) -> Iterable[Document]:
        question = answer.question
        if answer.deleted_at is not None or question.deleted_at is not None:
            return
        is_accepted = question.accepted_answer_id == answer.pk
        yield Document(
            kind="answer",
            pk=answer.pk,
            acl=readers(answer, question),
            written=answer.created_at,
            signed=signed_name(answer),
            title="",
            body=words_of(answer),
            context=" ".join([question.title, *surroundings(question)]),
            weight=weight_of(answer, bonus=0.1 * is_accepted + 0.05 * min(answer.endorsement_count, 2) - 0.05),
            **thread_fields(question),
        )

    def line(self, answer: Answer) -> list[str]:
        words = [_("Réponse")]
        if answer.question.accepted_answer_id == answer.pk:
            words.append(_("retenue"))
        return [*words, month(answer)]


def month(post: Question | Answer) -> str:
    return date_format(timezone.localtime(post.created_at), "F Y")


def state_of(question: Question) -> str:
    if question.is_resolved:
        return "resolue"
    return "close" if question.state == ThreadState.CLOSED else "ouverte"
