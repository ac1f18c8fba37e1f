"""A suggestion as its page shows it: each change with what it becomes, and who else proposes on the same paragraph."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from clauses.library.content import labels_of, render_text
from clauses.library.hunks import is_stale, paragraphs_of, place_of, text_taken, touches
from clauses.library.models import Clause, EditSuggestion, Hunk, HunkKind, HunkState
from community.core.diff import DiffLine, diff_texts
from community.members.display import displayed, related_for_display

MAX_OTHERS = 20


def get_suggestion_or_404(viewer, pk: int) -> EditSuggestion:
    found = (
        EditSuggestion.objects.visible_to(viewer)
        .select_related("clause__space", "clause__family", *related_for_display("author"))
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


@dataclass(slots=True)
class HunkRow:
    """`now`: the number of its paragraph in the present version, if it is still there."""

    hunk: Hunk
    number: int
    now: int | None
    stale: bool
    diff: list[DiffLine]
    decided_by: str = ""
    contested: bool = False
    form: Any = None

    @property
    def is_pending(self) -> bool:
        return self.hunk.state == HunkState.PENDING

    @property
    def is_taken(self) -> bool:
        return self.hunk.state in (HunkState.ACCEPTED, HunkState.REWRITTEN)

    @property
    def can_revert(self) -> bool:
        return not self.is_pending and self.hunk.published_version is None


def hunk_rows(suggestion: EditSuggestion, content: dict[str, Any]) -> list[HunkRow]:
    hunks = list(suggestion.hunks.select_related(*related_for_display("decided_by")))
    known = paragraphs_of(content)
    contested = touched_by_others(suggestion)
    return [
        HunkRow(
            hunk=hunk,
            number=number,
            now=place_of(hunk, known.get(hunk.wording_key, [])),
            stale=is_stale(hunk, content),
            diff=diff_texts("" if hunk.kind == HunkKind.ADD else hunk.before, shown_after(hunk)),
            decided_by=displayed(hunk.decided_by).name if hunk.decided_by else "",
            contested=touches(hunk) in contested,
        )
        for number, hunk in enumerate(hunks, start=1)
    ]


def shown_after(hunk: Hunk) -> str:
    return text_taken(hunk) if hunk.state == HunkState.REWRITTEN else hunk.after


def touched_by_others(suggestion: EditSuggestion) -> set[tuple[str, str]]:
    others = Hunk.objects.filter(
        suggestion__clause=suggestion.clause_id, suggestion__state="open", state=HunkState.PENDING
    ).exclude(suggestion=suggestion)
    return {(key, before) for key, before in others.values_list("wording_key", "before")}


def open_suggestions(viewer, clause: Clause, *, but: int | None = None) -> list[EditSuggestion]:
    found = EditSuggestion.objects.visible_to(viewer).waiting().filter(clause=clause).exclude(pk=but)
    return list(found.select_related(*related_for_display("author")).prefetch_related("hunks")[:MAX_OTHERS])


def html_of(paragraph: str, content: dict[str, Any]) -> str:
    return render_text(paragraph, labels_of(content))
