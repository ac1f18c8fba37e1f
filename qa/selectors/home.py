"""A few threads or posts for pages of other rooms, through the eyes of who reads the page."""

from django.core.cache import cache
from django.db.models import Count, Q

from community.core.references import discussions_of
from community.core.richtext import excerpt
from community.core.sight import PreparedSight
from community.members.models import Member, Organisation

from ..addresses import address, answer_url, question_url
from ..models import Answer, Naming, Question
from . import vocabularies
from .lists import in_fields_of
from .rows import Rows, list_url, with_row

EXCERPT = 160
# What a profile shows of a thread.
ENTRY_ONLY = ("title", "slug", "body_text", "created_at")
FIGURES_SECONDS = 900
# Fewer than these say more about the platform's age than about its use.
LEAST_RESOLVED = 10


def _shown(viewer, questions, limit: int):
    if viewer.is_authenticated:
        questions = questions.with_read_position(viewer)
    return with_row(questions)[:limit]


def _rows(viewer, questions, limit: int) -> list[dict]:
    return Rows(viewer, list(_shown(viewer, questions, limit))).rows()


def rows_of(viewer, questions: list[Question]) -> list[dict]:
    return Rows(viewer, questions).rows() if questions else []


def discussion_of(viewer, about: tuple[str, int]) -> list[Question]:
    """The first thread opened about a content that the viewer sees, if any."""
    pks = discussions_of(about, "question")
    if not pks:
        return []
    seen = Question.objects.visible_to(viewer).published().filter(pk__in=pks)
    if viewer.is_authenticated:
        seen = seen.with_read_position(viewer)
    return list(with_row(seen).order_by("pk")[:1])


def recent_rows(viewer, limit: int) -> list[dict]:
    return _rows(viewer, Question.objects.visible_to(viewer).recent(), limit)


def resolved_rows(viewer, limit: int, *, but: list[dict]) -> list[dict]:
    """The latest that have their answer, without those that the page shows already."""
    shown = [row["pk"] for row in but]
    return _rows(viewer, Question.objects.visible_to(viewer).resolved().exclude(pk__in=shown).recent(), limit)


def unread_rows(viewer, limit: int) -> list[dict]:
    if not viewer.is_authenticated:
        return []
    return _rows(viewer, Question.objects.visible_to(viewer).unread_by(viewer).recent(), limit)


def unanswered_rows(viewer, limit: int) -> list[dict]:
    """In the member's fields; what they asked themselves does not wait for them."""
    if not viewer.is_authenticated:
        return []
    waiting = Question.objects.visible_to(viewer).unanswered().exclude(author=viewer)
    return _rows(viewer, in_fields_of(waiting, viewer).newest(), limit)


def unanswered_anywhere_rows(viewer, limit: int) -> list[dict]:
    waiting = Question.objects.visible_to(viewer).unanswered()
    if viewer.is_authenticated:
        waiting = waiting.exclude(author=viewer)
    return _rows(viewer, waiting.newest(), limit)


def rows_of_space(viewer, space, limit: int) -> list[dict]:
    return _rows(viewer, Question.objects.visible_to(viewer).in_space(space).recent(), limit)


# What the page of a family may show of its threads.
FAMILY_VIEWS = {
    "": lambda questions: questions.recent(),
    "sans-reponse": lambda questions: questions.unanswered().newest(),
    "partagees": lambda questions: questions.filter(same_need_count__gt=0).most_needed(),
}

_of_family = PreparedSight(
    lambda viewer, limit, view, *, family: _shown(
        viewer, FAMILY_VIEWS[view](Question.objects.visible_to(viewer).in_family(family)), limit
    )
)


def rows_of_family(viewer, family, limit: int, *, view: str = "") -> list[dict]:
    """`view`: one of FAMILY_VIEWS."""
    return Rows(viewer, _of_family.rows(viewer, limit, view, family=family.pk)).rows()


def rows_of_tag(viewer, tag, limit: int) -> list[dict]:
    return _rows(viewer, Question.objects.visible_to(viewer).tagged(tag).recent(), limit)


def top_families() -> list[dict]:
    return [
        {
            "label": family["label"],
            "slug": family["swatch"],
            "url": address("family_detail", slug=family["slug"]) or list_url(famille=family["slug"]),
        }
        for family in vocabularies.top_families()
    ]


def community_figures() -> dict:
    """Counts of what everyone reads: they tell nothing of private spaces."""
    figures = cache.get("qa:figures")
    if figures is None:
        readable = Q(space=None) | Q(space__visibility="open")
        figures = (
            Question.objects.published()
            .filter(readable, kind="question")
            .aggregate(questions=Count("pk"), resolved=Count("pk", filter=Q(accepted_answer__isnull=False)))
        )
        figures["organisations"] = Organisation.objects.known().count()
        figures["shown"] = figures["resolved"] >= LEAST_RESOLVED
        cache.set("qa:figures", figures, FIGURES_SECONDS)
    return figures


def contributions_of(viewer, member, limit: int) -> list[dict]:
    """Signed posts only: one that hides its author's name must not be found from the profile.

    Those of the imported authors that the member took over are theirs.
    """
    written = Q(author__in=Member.objects.filter(Q(pk=member.pk) | Q(claimed_by=member)))
    questions = Question.objects.visible_to(viewer).filter(written, naming=Naming.NAME, state__in=["open", "closed"])
    answers = Answer.objects.visible_to(viewer).filter(written, naming=Naming.NAME).published()
    found = [
        {
            "kind": "question",
            "title": question.title,
            "url": question_url(question),
            "date": question.created_at,
            "excerpt": excerpt(question.body_text, EXCERPT),
            "accepted": False,
        }
        for question in questions.filter(hidden_at=None).newest().only(*ENTRY_ONLY)[:limit]
    ]
    for answer in answers.select_related("question").order_by("-created_at", "-pk")[:limit]:
        found.append(
            {
                "kind": "answer",
                "title": answer.question.title,
                "url": answer_url(answer),
                "date": answer.created_at,
                "excerpt": excerpt(answer.body_text, EXCERPT),
                "accepted": answer.question.accepted_answer_id == answer.pk,
            }
        )
    return sorted(found, key=lambda each: each["date"], reverse=True)[:limit]
