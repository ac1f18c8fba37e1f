"""What a list of threads shows of each: plain values, so that the template only prints.

The keys are those that `row_markup` writes.
"""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from community.core.prepared import Prepared
from community.core.richtext import excerpt
from community.core.ui import day_words, typography
from community.notifications.models import Level, Subscription

from ..addresses import address, question_url
from ..display import Authors
from ..models import AmountBracket, Question, QuestionTag, Stage, ThreadKind, ThreadState

EXCERPT = 220
# `get_…_display` translates every choice to find one.
AMOUNTS = dict(AmountBracket.choices)
STAGES = dict(Stage.choices)
ROW_RELATED = ("family", "theme", "space")
# What a row shows, and what the orders and the watches of a list ask; the rest is not read.
ROW_ONLY = (
    "title", "slug", "body_text", "kind", "state", "amount", "stage", "author", "naming", "created_at",
    "last_activity_at", "pinned_until", "hidden_at", "post_count", "answer_count", "same_need_count", "useful_count",
    "accepted_answer", "duplicate_of", "version", "family__label", "family__slug", "family__swatch", "theme__label",
    "theme__code", "space__name",
)  # fmt: skip


def with_row(questions):
    return questions.select_related(*ROW_RELATED).only(*ROW_ONLY)


# Lists show the same titles over and over.
shown_title = lru_cache(maxsize=2048)(typography)


# So few families, themes and tags are shown over and over.
@lru_cache(maxsize=2048)
def list_url(**filters: str) -> str:
    base = address("question_list")
    return f"{base}?{urlencode(filters)}" if filters else base


def family_link(family) -> dict:
    return {
        "label": family.label,
        "slug": family.swatch,
        "url": list_url(famille=family.slug),
    }


def theme_link(theme) -> dict:
    return {"label": theme.label, "url": list_url(theme=theme.code)}


def tag_link(name: str) -> dict:
    return {"label": name, "url": list_url(**{"mot-cle": name})}


_tags = Prepared(
    lambda ids: (
        QuestionTag.objects.filter(content_object__in=ids).order_by("pk").values_list("content_object_id", "tag__name")
    )
)
_watched = Prepared(
    lambda member, ids: (
        Subscription.objects.filter(member=member, kind="question", object_id__in=ids)
        .exclude(level=Level.NONE)
        .values_list("object_id")
    )
)


def tags_by_question(ids: Iterable[int]) -> dict[int, list[dict]]:
    found: dict[int, list[dict]] = {}
    for question_id, name in _tags.rows(ids=list(ids)):
        found.setdefault(question_id, []).append(tag_link(name))
    return found


def same_need_words(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)d personne a le même besoin", "%(count)d personnes ont le même besoin", count) % {
        "count": count
    }


def count_state(question: Question, *, pinned: bool) -> str:
    """The state of the figure before a row."""
    if pinned:
        return "pinned"
    if question.kind != ThreadKind.QUESTION:
        return "open"
    if question.accepted_answer_id:
        return "resolved"
    return "open" if question.answer_count else "none"


@lru_cache(maxsize=512)
def count_words(_language: str | None, state: str, is_question: bool, count: int) -> str:
    """The words of the figure before a row; a list translates the same few twenty times."""
    if state == "pinned":
        return _("annonce")
    if state == "resolved":
        return _("résolue")
    if state == "none":
        return _("sans réponse")
    return ngettext("réponse", "réponses", count) if is_question else ngettext("message", "messages", count)


def statuses(question: Question, *, pinned: bool) -> list[dict]:
    found = []
    if question.hidden_at is not None:
        found.append({"label": _("Masquée"), "tone": "warning", "icon": "eye-off"})
    if question.state == ThreadState.EMBARGOED:
        found.append({"label": _("À publier après attribution"), "tone": "info", "icon": "clock"})
    elif question.duplicate_of_id:
        found.append({"label": _("Déjà posée ailleurs"), "tone": "", "icon": "git-merge"})
    elif question.state == ThreadState.CLOSED:
        found.append({"label": pgettext("état d’un échange", "Close"), "tone": "", "icon": "lock"})
    if pinned and question.pinned_until:
        until = day_words(question.pinned_until, year=False)
        found.append({"label": _("Épinglée jusqu’au %(day)s") % {"day": until}, "tone": "info", "icon": "pin"})
    return found


class Rows:
    """Rows for one reader; what they need beside the questions is read once for all of them."""

    def __init__(self, viewer, questions: list[Question], *, pinned_ids: frozenset[int] = frozenset()):
        ids = [question.pk for question in questions]
        self.viewer = viewer
        self.questions = questions
        self.pinned_ids = pinned_ids
        self.authors = Authors(questions)
        self.tags = tags_by_question(ids)
        self.watched = self._watched(ids)
        self.language = get_language()
        self.watch_words = _("Suivre : %(title)s")

    def _watched(self, ids: list[int]) -> set[int]:
        if not self.viewer.is_authenticated:
            return set()
        return {pk for (pk,) in _watched.rows(member=self.viewer.pk, ids=ids)}

    def rows(self) -> list[dict]:
        return [self.row(question) for question in self.questions]

    def row(self, question: Question) -> dict:
        pinned = question.pk in self.pinned_ids
        state = count_state(question, pinned=pinned)
        is_question = question.kind == ThreadKind.QUESTION
        unread = self._unread(question)
        facts = [AMOUNTS.get(question.amount, ""), STAGES.get(question.stage, "")]
        if question.space is not None:
            facts.append(question.space.name)
        row = {
            "pk": question.pk,
            "title": shown_title(question.title),
            "url": question_url(question),
            "excerpt": excerpt(question.body_text, EXCERPT),
            "state": state,
            "answer_count": question.answer_count,
            "answer_label": count_words(self.language, state, is_question, question.answer_count),
            "announcement": pinned,
            "family": family_link(question.family) if question.family_id else None,
            "themes": [theme_link(question.theme)] if question.theme_id else [],
            "facts": [fact for fact in facts if fact],
            "statuses": statuses(question, pinned=pinned),
            "unread": unread,
            "unread_url": f"{address('question_detail', pk=question.pk)}?non-lu" if unread else "",
            "author": self.authors.of(question, question.space_id).name,
            "date": question.created_at,
            "same_need": same_need_words(question.same_need_count),
            "tags": self.tags.get(question.pk, []),
            "watch_url": address("subject_watch", kind="question", pk=question.pk)
            if self.viewer.is_authenticated
            else "",
            "watched": question.pk in self.watched,
        }
        row["has_context"] = bool(row["family"] or row["themes"] or row["facts"] or row["statuses"])
        row["watch_label"] = self.watch_words % {"title": row["title"]}
        return row

    def _unread(self, question: Question) -> int:
        """Posts since the last one read; 0 for a thread never opened, whose row is not marked."""
        read = getattr(question, "read_position", None)
        return max(question.post_count - read, 0) if read else 0
