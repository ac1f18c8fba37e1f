from .answer import Answer, AnswerDoubt, Endorsement, Verdict
from .comment import Comment
from .exchange import ExchangeMessage, PrivateExchange
from .question import AmountBracket, Naming, Procedure, Question, QuestionTag, Stage, ThreadKind, ThreadState
from .revision import PostRevision
from .vote import SameNeed, Vote

__all__ = [
    "AmountBracket",
    "Answer",
    "AnswerDoubt",
    "Comment",
    "Endorsement",
    "ExchangeMessage",
    "Naming",
    "PostRevision",
    "PrivateExchange",
    "Procedure",
    "Question",
    "QuestionTag",
    "SameNeed",
    "Stage",
    "ThreadKind",
    "ThreadState",
    "Verdict",
    "Vote",
]
