"""Clauses, suggestions, what became of them, and what members tell of their purchases."""

from dataclasses import dataclass

from .bus import Event


@dataclass(frozen=True, kw_only=True)
class ClauseProposed(Event):
    """A text waits to be read again; sent again once corrected, too."""

    clause_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ClauseSentBack(Event):
    """Its reviewers ask its author to change it."""

    clause_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ClausePublished(Event):
    """A version came out, the first or another; `by_id` decided, whoever wrote it."""

    clause_id: int
    version: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ClausePublicationRefused(Event):
    """On the day that was set in /cms/, the checklist kept the text back; `by_id` wrote it, when that is known."""

    clause_id: int
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ClauseReviewed(Event):
    """Somebody read a version again and gave the clause a level."""

    clause_id: int
    review_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ClauseStateChanged(Event):
    """The word in `change`: obsolete, archived, restored, hidden, unhidden."""

    clause_id: int
    change: str
    by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ClauseLegalStateChanged(Event):
    """A text that it cites moved, or its date of review passed, or it was read again."""

    clause_id: int
    legal_state: str


@dataclass(frozen=True, kw_only=True)
class SuggestionSent(Event):
    suggestion_id: int
    clause_id: int


@dataclass(frozen=True, kw_only=True)
class SuggestionWithdrawn(Event):
    suggestion_id: int
    clause_id: int


@dataclass(frozen=True, kw_only=True)
class SuggestionDecided(Event):
    """Each of its changes was taken or refused; `version` is what came out of it, if anything did."""

    suggestion_id: int
    clause_id: int
    by_id: int
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class ClauseUsed(Event):
    """A member told what became of a contract that used it, or put it right."""

    clause_id: int
    report_id: int


@dataclass(frozen=True, kw_only=True)
class ClauseUseWithdrawn(Event):
    clause_id: int


@dataclass(frozen=True, kw_only=True)
class ExperiencePublished(Event):
    report_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ExperienceEdited(Event):
    """What is published changed: its words, or how much of its author it shows."""

    report_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ExperienceStateChanged(Event):
    """The word in `change`: withdrawn, hidden, restored, deleted."""

    report_id: int
    change: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ExperienceMarked(Event):
    """Somebody found it useful, or no longer."""

    report_id: int
