"""Questions, answers, comments."""

from dataclasses import dataclass

from .bus import Event


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
    by_id: int
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
    mentioned_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class RevisionStateChanged(Event):
    """A past version of a post was hidden or restored in its history; of an answer, else of the question."""

    revision_id: int
    question_id: int
    answer_id: int | None
    hidden: bool
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ExchangeMessageSent(Event):
    message_id: int
    exchange_id: int
