"""What waits to be read again or decided, for those it is for."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from clauses.library.addresses import clause_url, suggestion_url
from clauses.library.models import Clause, ClauseReview, EditSuggestion, HunkState
from clauses.library.vocabularies import ClauseState
from community.members.display import displayed, related_for_display

MAX_ROWS = 100


@dataclass(frozen=True, slots=True)
class WaitingRow:
    title: str
    url: str
    author: str
    space: str
    detail: str
    sent_back: bool = False


def waiting_clauses(member) -> list[WaitingRow]:
    """Texts in review that she may publish or read again; and her own, sent back or waiting."""
    waiting = Clause.objects.waiting_for_review().reviewable_by(member)
    own = Q(author=member, state__in=(ClauseState.DRAFT, ClauseState.IN_REVIEW))
    mine = Q(pk__in=waiting.values("pk")) | own
    clauses = Clause.objects.visible_to(member).filter(mine, hidden_at=None)
    clauses = clauses.select_related("space", "family", *related_for_display("author")).defer("plain_text")
    return [
        WaitingRow(
            title=clause.title,
            url=clause_url(clause),
            author=displayed(clause.author, clause.naming).name,
            space=clause.space.name if clause.space else "",
            detail=f"{clause.get_kind_display()} · {clause.get_document_display()}",
            sent_back=clause.state == ClauseState.DRAFT and bool(clause.review_note),
        )
        for clause in clauses.order_by("edited_at", "pk")[:MAX_ROWS]
    ]


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    title: str
    url: str
    author: str
    count: int


def suggestions_to_decide(member) -> list[SuggestionRow]:
    """On the clauses whose text she may change."""
    mine = Clause.objects.visible_to(member).reviewable_by(member).filter(pk=OuterRef("clause"))
    suggestions = (
        EditSuggestion.objects.visible_to(member)
        .waiting()
        .filter(Exists(mine))
        .select_related("clause", *related_for_display("author"))
        .annotate(left=Count("hunks", filter=Q(hunks__state=HunkState.PENDING)))
    )
    return [
        SuggestionRow(
            title=each.clause.title, url=suggestion_url(each), author=displayed(each.author).name, count=each.left
        )
        for each in suggestions.order_by("created_at", "pk")[:MAX_ROWS]
    ]


def reviews_of(clause: Clause) -> list[ClauseReview]:
    return list(clause.reviews.select_related("network", *related_for_display("reviewer"))[:MAX_ROWS])
