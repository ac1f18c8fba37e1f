"""What happened, said once by the action that did it: frozen facts in the past tense, holding ids only.

Handlers run at once, in the action's transaction, in the order they were registered. A handler may write our own
database or enqueue a task (the queue is a table); whatever leaves the process waits for commit.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, kw_only=True)
class Event:
    pass


EventType = TypeVar("EventType", bound=Event)
_handlers: dict[type[Event], list[Callable]] = defaultdict(list)


def handles(*kinds: type[Event]) -> Callable:
    """Registers a function as handler of these events; used as a decorator in a room's `handlers.py`."""

    def register(handler: Callable) -> Callable:
        for kind in kinds:
            if handler not in _handlers[kind]:
                _handlers[kind].append(handler)
        return handler

    return register


def emit(event: Event) -> None:
    for handler in _handlers[type(event)]:
        handler(event)


@dataclass(frozen=True, kw_only=True)
class MemberRegistered(Event):
    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberVerified(Event):
    member_id: int
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class MemberUnverified(Event):
    """The address or the organisation that had verified the member changed."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class FollowedTopicsChanged(Event):
    """The member ticked other families or themes to follow."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """What a member says of herself, or whom she says it to."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationProposed(Event):
    organisation_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationConfirmed(Event):
    organisation_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ExpertiseGranted(Event):
    member_id: int
    expertise_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class GhostClaimRequested(Event):
    claim_id: int


@dataclass(frozen=True, kw_only=True)
class GhostClaimed(Event):
    ghost_id: int
    member_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class MembershipGranted(Event):
    space_id: int
    member_id: int
    role: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class MembershipRevoked(Event):
    space_id: int
    member_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    space_id: int
    member_id: int
    role: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationSent(Event):
    invitation_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """Revoked by an animator (`by_id`), or declined by the person invited."""

    invitation_id: int
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class SpaceCreated(Event):
    space_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SpaceUpdated(Event):
    """Name, presentation, territories, archive: nothing of who reads."""

    space_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SpaceVisibilityChanged(Event):
    space_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class BreakGlassOpened(Event):
    break_glass_id: int


@dataclass(frozen=True, kw_only=True)
class BreakGlassClosed(Event):
    break_glass_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    """Kept by its author when it is under embargo. `mentioned_ids`: members named in the text who may read it."""

    question_id: int
    mentioned_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuestionPublished(Event):
    """An embargo ended, by its author's click."""

    question_id: int
    mentioned_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuestionEdited(Event):
    question_id: int
    by_id: int | None = None
    mentioned_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuestionStateChanged(Event):
    """The word in `change`: closed, reopened, hidden, restored, deleted, pinned, unpinned, duplicate, not_duplicate,
    wiki, not_wiki.
    """

    question_id: int
    change: str
    by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionMoved(Event):
    question_id: int
    from_space_id: int | None
    to_space_id: int | None


@dataclass(frozen=True, kw_only=True)
class AnswerPosted(Event):
    answer_id: int
    question_id: int
    mentioned_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AnswerEdited(Event):
    answer_id: int
    question_id: int
    by_id: int | None = None
    mentioned_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AnswerStateChanged(Event):
    """hidden, restored, deleted, wiki, not_wiki: the word in `change`."""

    answer_id: int
    question_id: int
    change: str
    by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(Event):
    answer_id: int
    question_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerUnaccepted(Event):
    answer_id: int
    question_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerEndorsed(Event):
    answer_id: int
    question_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerDoubted(Event):
    """Somebody said « réponse à vérifier »."""

    answer_id: int
    question_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerDoubtSettled(Event):
    answer_id: int
    question_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerEndorsementWithdrawn(Event):
    answer_id: int
    question_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class MarkedUseful(Event):
    """`answer_id` is empty when the question itself was marked. Who marked it is nobody's business."""

    question_id: int
    answer_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class UnmarkedUseful(Event):
    question_id: int
    answer_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SameNeedDeclared(Event):
    question_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SameNeedWithdrawn(Event):
    question_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class CommentPosted(Event):
    comment_id: int
    question_id: int
    mentioned_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CommentEdited(Event):
    comment_id: int
    question_id: int
    mentioned_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CommentStateChanged(Event):
    """hidden, restored: the word in `change`."""

    comment_id: int
    question_id: int
    change: str
    by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CommentDeleted(Event):
    comment_id: int
    question_id: int


@dataclass(frozen=True, kw_only=True)
class CommentPromoted(Event):
    """A comment became an answer of its thread."""

    comment_id: int
    answer_id: int
    question_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class RevisionStateChanged(Event):
    """A past version of a post was hidden or restored in its history."""

    revision_id: int
    question_id: int
    hidden: bool
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ExchangeMessageSent(Event):
    message_id: int
    exchange_id: int


@dataclass(frozen=True, kw_only=True)
class ContentFlagged(Event):
    flag_id: int


@dataclass(frozen=True, kw_only=True)
class ContentsImported(Event):
    """A batch came from elsewhere by a bulk door: nobody is notified of it."""

    kind: str
    ids: tuple[int, ...]


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
class LegalTextChanged(Event):
    """The word in `change`: created, edited, verified, repealed, restored. `matters` when what it says of the law
    changed, not only its sources or its wording. `change_id` is the line of its history.
    """

    text_id: int
    change: str
    change_id: int
    matters: bool
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class LegalProvisionChanged(Event):
    """As `LegalTextChanged`, of one article. A text repealed takes its articles with it in its own event."""

    provision_id: int
    text_id: int
    change: str
    change_id: int
    matters: bool
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ThresholdChanged(Event):
    threshold_id: int
    change: str
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ObligationChanged(Event):
    """A line of the legal calendar."""

    obligation_id: int
    change: str
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ContentReviewed(Event):
    """A content queued by a move of the law was read again; `outcome`: still_right, updated, obsolete."""

    kind: str
    object_id: int
    cause_kind: str
    cause_id: int
    outcome: str
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ClauseUsed(Event):
    """A member told what became of a contract that used it, or put it right."""

    clause_id: int
    report_id: int


@dataclass(frozen=True, kw_only=True)
class ClauseUseWithdrawn(Event):
    clause_id: int
