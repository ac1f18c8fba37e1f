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
class SpaceVisibilityChanged(Event):
    space_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionEdited(Event):
    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionStateChanged(Event):
    """Closed, reopened, hidden, restored, deleted, pinned, marked as a duplicate."""

    question_id: int
    change: str


@dataclass(frozen=True, kw_only=True)
class QuestionMoved(Event):
    question_id: int
    from_space_id: int | None
    to_space_id: int | None


@dataclass(frozen=True, kw_only=True)
class AnswerPosted(Event):
    answer_id: int
    question_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerEdited(Event):
    answer_id: int
    question_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerStateChanged(Event):
    """Hidden, restored, deleted."""

    answer_id: int
    question_id: int
    change: str


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
class CommentPosted(Event):
    comment_id: int
    question_id: int


@dataclass(frozen=True, kw_only=True)
class CommentDeleted(Event):
    comment_id: int
    question_id: int


@dataclass(frozen=True, kw_only=True)
class ContentFlagged(Event):
    flag_id: int
